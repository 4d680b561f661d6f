import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeProject } from "@/db/factories/projects";
import { makeHost } from "@/db/factories/users";
import { projectMembers } from "@/db/schema";
import type { Viewer } from "@/lib/auth/viewer";
import { archiveProject } from "./archive";
import { createProject } from "./create";
import { listProjects } from "./list";
import { moveProject } from "./move";
import { removeProject } from "./remove";
import { renameProject } from "./rename";
import { restoreProject } from "./restore";

const now = new Date("2027-03-01T12:00:00Z");
const color = "#3d7cdb";
const blank = (kind: string, name: string, parentId: string | null = null) => ({
  kind,
  name,
  parentId,
  color,
});
const outlineOf = async (viewer: Viewer) =>
  (await listProjects(viewer)).map(({ depth, name }) => `${"-".repeat(depth - 1)}${name}`);
const refusal = (code: string, field?: string) => ({ code, ...(field && { field }) });

test("a firm's tree is made, renamed, moved, archived and tidied", async () => {
  const { viewer } = await makeHost();
  const acme = await createProject(viewer, blank("client", "Acme"));
  const suit = await createProject(viewer, blank("litigation", "Acme v. Bolt", acme));
  const appeal = await createProject(viewer, blank("case", "Appeal", suit));
  const drafts = await createProject(viewer, blank("project", "Drafts", appeal));
  const bolt = await createProject(viewer, blank("client", "Bolt"));
  expect(await outlineOf(viewer)).toEqual(["Acme", "-Acme v. Bolt", "--Appeal", "---Drafts", "Bolt"]);

  await renameProject(viewer, suit, { name: " Bolt v. Acme ", color: "#43904f" });
  await moveProject(viewer, suit, { parentId: bolt });
  expect(await outlineOf(viewer)).toEqual(["Acme", "Bolt", "-Bolt v. Acme", "--Appeal", "---Drafts"]);
  expect(await listProjects(viewer)).toMatchObject([
    { id: acme, kindPath: "client", isRoot: true, isUsed: true, role: "manager" },
    { id: bolt, parentId: null },
    { id: suit, parentId: bolt, color: "#43904f", kindPath: "client.litigation" },
    { id: appeal, parentId: suit, kindPath: "client.litigation.case" },
    { id: drafts, parentId: appeal, kindPath: "client.litigation.case", isUsed: false },
  ]);

  await archiveProject(viewer, suit, now);
  await archiveProject(viewer, drafts, now);
  const archived = async () =>
    (await listProjects(viewer)).filter(({ isArchived }) => isArchived).map(({ name }) => name);
  expect(await archived()).toEqual(["Bolt v. Acme", "Appeal", "Drafts"]);
  await expect(restoreProject(viewer, drafts)).rejects.toMatchObject(refusal("conflict"));
  await expect(createProject(viewer, blank("project", "Late", appeal))).rejects.toMatchObject(
    refusal("conflict", "parentId"),
  );
  await restoreProject(viewer, suit);
  expect(await archived()).toEqual(["Drafts"]);
  await restoreProject(viewer, drafts);
  expect(await archived()).toEqual([]);

  await removeProject(viewer, drafts);
  for (const used of [appeal, acme])
    await expect(removeProject(viewer, used)).rejects.toMatchObject(refusal("conflict"));
  expect(await outlineOf(viewer)).toEqual(["Acme", "Bolt", "-Bolt v. Acme", "--Appeal"]);
});

test("what does not fit is refused, naming the field", async () => {
  const { viewer } = await makeHost();
  const client = await createProject(viewer, blank("client", "Acme"));
  const patent = await createProject(viewer, blank("patent", "Wheel", client));
  const group = await createProject(viewer, blank("project", "Group"));
  const inner = await createProject(viewer, blank("client", "Inner", group));
  const creations: [string, object][] = [
    ["kind", blank("patent", "At the top")],
    ["kind", blank("case", "Below a client", client)],
    ["kind", blank("client", "Below a client", client)],
    ["kind", blank("litigation", "Below a patent", patent)],
    ["kind", blank("folder", "Unknown")],
    ["name", blank("project", "  ")],
    ["name", blank("project", "x".repeat(121))],
    ["color", { ...blank("project", "Odd"), color: "#123456" }],
    ["parentId", blank("project", "Nowhere", "nonsense")],
  ];
  for (const [field, input] of creations)
    await expect(createProject(viewer, input)).rejects.toMatchObject(refusal("invalid", field));
  await expect(createProject(viewer, blank("project", "Nowhere", randomUUID()))).rejects.toMatchObject(
    refusal("not_found", "parentId"),
  );
  const moves: [string, string | null][] = [
    [patent, null],
    [client, patent],
    [group, client],
    [group, inner],
    [group, group],
  ];
  for (const [id, parentId] of moves)
    await expect(moveProject(viewer, id, { parentId })).rejects.toMatchObject(refusal("invalid", "parentId"));
  await moveProject(viewer, client, { parentId: group });
  expect(await outlineOf(viewer)).toEqual(["Group", "-Acme", "--Wheel", "-Inner"]);
});

test("the tree is twelve levels deep at most, also after a move", async () => {
  const { viewer } = await makeHost();
  let bottom: string | null = null;
  const ids: string[] = [];
  for (let level = 1; level <= 11; level++) {
    bottom = await createProject(viewer, blank("project", `Level ${level}`, bottom));
    ids.push(bottom);
  }
  const top = await createProject(viewer, blank("project", "Two levels"));
  await createProject(viewer, blank("project", "Below", top));
  const tooDeep = refusal("invalid", "parentId");
  await expect(moveProject(viewer, top, { parentId: bottom })).rejects.toMatchObject(tooDeep);
  await moveProject(viewer, top, { parentId: ids[9] });
  const last = await createProject(viewer, blank("project", "Level 12", bottom));
  await expect(createProject(viewer, blank("project", "Level 13", last))).rejects.toMatchObject(tooDeep);
});

test("roles: viewers read, editors add, managers do the rest; a stranger finds nothing", async () => {
  const [manager, editor, reader, stranger] = await Promise.all([1, 2, 3, 4].map(() => makeHost()));
  if (!manager || !editor || !reader || !stranger) throw new Error("No hosts.");
  const client = await makeProject(
    { kind: "client" },
    { [manager.user.id]: "manager", [editor.user.id]: "editor", [reader.user.id]: "viewer" },
  );
  const suit = await makeProject({ kind: "litigation", parentId: client });
  const mine = await createProject(stranger.viewer, blank("project", "Mine"));
  const deeds = (viewer: Viewer) => [
    () => renameProject(viewer, suit, { name: "New", color }),
    () => moveProject(viewer, suit, { parentId: null }),
    () => archiveProject(viewer, suit, now),
    () => restoreProject(viewer, suit),
    () => removeProject(viewer, suit),
  ];
  for (const { viewer } of [editor, reader])
    for (const deed of deeds(viewer)) await expect(deed()).rejects.toMatchObject(refusal("forbidden"));
  for (const deed of deeds(stranger.viewer)) await expect(deed()).rejects.toMatchObject(refusal("not_found"));
  await expect(renameProject(stranger.viewer, "nonsense", { name: "New", color })).rejects.toMatchObject(
    refusal("not_found"),
  );
  await expect(createProject(reader.viewer, blank("project", "No", suit))).rejects.toMatchObject(
    refusal("forbidden", "parentId"),
  );
  await expect(createProject(stranger.viewer, blank("project", "No", suit))).rejects.toMatchObject(
    refusal("not_found", "parentId"),
  );
  await expect(moveProject(stranger.viewer, mine, { parentId: client })).rejects.toMatchObject(
    refusal("not_found", "parentId"),
  );
  const added = await createProject(editor.viewer, blank("case", "Added", suit));
  expect((await listProjects(reader.viewer)).map(({ id, role }) => [id, role])).toEqual([
    [client, "viewer"],
    [suit, "viewer"],
    [added, "viewer"],
  ]);
  expect((await listProjects(stranger.viewer)).map(({ id }) => id)).toEqual([mine]);
});

test("who is a member of a case sees it as the top, and may take it elsewhere", async () => {
  const { viewer, user } = await makeHost();
  const client = await makeProject({ kind: "client" });
  const suit = await makeProject({ kind: "litigation", parentId: client });
  const appeal = await makeProject(
    { kind: "case", parentId: suit, name: "Appeal" },
    { [user.id]: "manager" },
  );
  const notes = await makeProject({ parentId: appeal, name: "Notes" });
  expect(await listProjects(viewer)).toMatchObject([
    { id: appeal, parentId: null, isRoot: false, kindPath: "client.litigation.case", depth: 3 },
    { id: notes, parentId: appeal, role: "manager" },
  ]);
  await renameProject(viewer, appeal, { name: "Second appeal", color });
  await moveProject(viewer, notes, { parentId: null });
  const [membership] = await database()
    .select()
    .from(projectMembers)
    .where(eq(projectMembers.projectId, notes));
  expect(membership).toMatchObject({ userId: user.id, role: "manager" });
  await archiveProject(viewer, notes, now);
  expect(await listProjects(viewer)).toMatchObject([
    { id: notes, parentId: null, isRoot: true, isArchivedHere: true },
    { id: appeal, name: "Second appeal" },
  ]);
});
