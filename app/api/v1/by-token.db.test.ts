import { expect, test, vi } from "vitest";
import { makeAppointment } from "@/db/factories/appointments";
import { makeBound } from "@/db/factories/bound";
import { makeHost } from "@/db/factories/users";
import { createApiToken } from "@/lib/api-tokens/create";
import { viewerOf } from "@/lib/auth/viewer";
import { GET as getBinding } from "../caldav-bindings/[id]/route";
import { GET as listBindings } from "../caldav-bindings/route";
import { DELETE, GET, PATCH } from "./appointments/[id]/route";

// No browser has to do with any of this.
vi.mock("next/headers", () => ({
  cookies: () => Promise.reject(new Error("The cookies were asked.")),
  headers: () => Promise.reject(new Error("The headers were asked.")),
}));

const ids = (id: string) => ({ params: Promise.resolve({ id }) });

async function makeProgram(userId: string) {
  const { secret } = await createApiToken(viewerOf({ id: userId, role: "host" }), { name: "X" }, new Date());
  return (method = "GET", body?: unknown) =>
    new Request("https://calends.test/?revision=2", {
      method,
      headers: { authorization: `Bearer ${secret}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
}

test("a program reads, changes and removes its user's appointments", async () => {
  const { user } = await makeHost();
  const ask = await makeProgram(user.id);
  const { id } = await makeAppointment({ ownerId: user.id, title: "Inventory" });
  const { appointment } = await (await GET(ask(), ids(id))).json();
  expect(appointment).toMatchObject({ id, title: "Inventory" });
  const change = { title: "Stocktaking", revision: appointment.revision };
  const changed = await PATCH(ask("PATCH", change), ids(id));
  expect(await changed.json()).toMatchObject({ appointment: { title: "Stocktaking", revision: 2 } });
  expect((await DELETE(ask("DELETE"), ids(id))).status).toBe(204);
  expect((await GET(ask(), ids(id))).status).toBe(404);
});

test("somebody else's are not there for it", async () => {
  const ask = await makeProgram((await makeHost()).user.id);
  const { user } = await makeHost();
  const { id } = await makeAppointment({ ownerId: user.id });
  expect((await GET(ask(), ids(id))).status).toBe(404);
  expect((await PATCH(ask("PATCH", { title: "Mine", revision: 1 }), ids(id))).status).toBe(404);
  expect((await DELETE(ask("DELETE"), ids(id))).status).toBe(404);
  const ofOwner = await makeProgram(user.id);
  expect((await GET(ofOwner(), ids(id))).status).toBe(200);
});

test("it sees its user's bindings, and no other", async () => {
  const { hostId, bindingId } = await makeBound([]);
  const ask = await makeProgram(hostId);
  expect((await (await listBindings(ask())).json()).bindings).toMatchObject([{ id: bindingId }]);
  expect((await getBinding(ask(), ids(bindingId))).status).toBe(200);
  const stranger = await makeProgram((await makeHost()).user.id);
  expect((await (await listBindings(stranger())).json()).bindings).toEqual([]);
  expect((await getBinding(stranger(), ids(bindingId))).status).toBe(404);
});
