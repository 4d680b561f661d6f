import { randomUUID } from "node:crypto";
import type postgres from "postgres";

/**
 * Two accounts of this host's that lead nowhere, with calendars of which some can be written, and bindings in every
 * state, with their copies: in step, under way, refused, switched off. For what `addProjects` made.
 */
export async function addBindings(sql: postgres.Sql, { id: hostId }: { id: string }): Promise<void> {
  const idOf = async (name: string) => {
    const [row] = await sql`select id from projects where name like ${`${name}%`}`;
    return row?.id as string;
  };
  const [client, suit] = [await idOf("Acme Aviation"), await idOf("Acme v. Bolt")];
  await addAppointments(sql, { hostId, projectId: null, count: 12 });
  await addAppointments(sql, { hostId, projectId: client, count: 30 });
  await addAppointments(sql, { hostId, projectId: suit, count: 4 });

  const fastmail = await addAccount(sql, hostId, "hanna@fastmail.example");
  const office = await addAccount(sql, hostId, "office.calendars@acme-aviation.example");
  const firm = await addCalendar(sql, fastmail, "Firm", "#3d7cdb");
  const family = await addCalendar(sql, fastmail, "Family", "#43904f");
  await addCalendar(sql, fastmail, "Public holidays", "#74808a", true);
  const desk = await addCalendar(sql, office, "Litigation desk", "#d25249");

  await sql.begin(async (tx) => {
    // Without what bindings and copies set off: nobody is to try an account that leads nowhere.
    await tx`set local session_replication_role = replica`;
    let made = 0;
    const bind = (calendarId: string, scope: string, scopeId: string | null, values: object = {}) => {
      made += 1;
      const row = { host_id: hostId, calendar_id: calendarId, scope, scope_id: scopeId, ...values };
      // What two want counts for the older one.
      return tx`insert into calendar_bindings ${tx({ ...row, created_at: new Date(Date.now() + made) })}`;
    };
    const synced = { last_synced_at: new Date(Date.now() - 4 * 60_000) };
    await bind(firm, "all_visible", null, synced);
    await bind(family, "personal_only", null, { is_enabled: false });
    await bind(firm, "client", client, { ...synced, include_personal: true });
    const failed = "The server says it is full (507).";
    await bind(desk, "litigation", suit, { ...synced, last_error: failed, error_count: 3 });
    await bind(desk, "project", client, {});
    await tx`update calendars set is_mirrored = true where id in ${tx([firm, family, desk])}`;
    for (const calendarId of [firm, desk]) await tx`select aim_targets(${calendarId}, null)`;
    await tx`
      update appointment_targets set push_due_at = null, pushed_at = now() - interval '4 minutes'
      where calendar_id = ${firm}`;
    // Later than a journey lasts: what is due is tried by the schedule.
    await tx`update appointment_targets set push_due_at = now() + interval '2 hours' where calendar_id = ${desk}`;
    await tx`
      update appointment_targets set last_error = ${failed}, attempts = 3
      where id in (
        select t.id from appointment_targets t join appointments a on a.id = t.appointment_id
        where t.calendar_id = ${desk} and a.project_id = ${suit} limit 3)`;
  });
}

type Lot = { hostId: string; projectId: string | null; count: number };

async function addAppointments(sql: postgres.Sql, { hostId, projectId, count }: Lot): Promise<void> {
  const rows = Array.from({ length: count }, (_, at) => {
    const startsAt = new Date(Date.UTC(2027, 2, 1 + at, 9));
    const endsAt = new Date(startsAt.getTime() + 3_600_000);
    const words = { uid: `${randomUUID()}@calends`, title: `Hearing ${at + 1}`, time_zone: "UTC" };
    return { owner_id: hostId, project_id: projectId, ...words, starts_at: startsAt, ends_at: endsAt };
  });
  await sql`insert into appointments ${sql(rows)}`;
}

type Account = { hostId: string; connectionId: string };

async function addAccount(sql: postgres.Sql, hostId: string, account: string): Promise<Account> {
  const connectionId = randomUUID();
  await sql`
    insert into calendar_connections (id, host_id, provider, server_url, account, credentials, status_since)
    values (${connectionId}, ${hostId}, 'caldav', 'https://calendar.example.test/', ${account}, 'none',
      now() - interval '1 day')`;
  return { hostId, connectionId };
}

/** Nobody reads it or writes into it by itself. */
async function addCalendar(
  sql: postgres.Sql,
  { hostId, connectionId }: Account,
  name: string,
  color: string,
  isReadOnly = false,
): Promise<string> {
  const row = {
    ...{ host_id: hostId, connection_id: connectionId, name, color, is_read_only: isReadOnly },
    ...{ remote_id: `https://calendar.example.test/${randomUUID()}/`, last_synced_at: new Date() },
    next_sync_at: new Date(Date.now() + 86_400_000),
  };
  const [made] = await sql`insert into calendars ${sql(row)} returning id`;
  return made?.id as string;
}
