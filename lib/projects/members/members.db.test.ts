import { expect, test } from "vitest";
import { database } from "@/db/client";
import { sqlStateOf } from "@/db/errors";
import { makeProject } from "@/db/factories/projects";
import { makeHost } from "@/db/factories/users";
import { projectMembers } from "@/db/schema";
import type { Viewer } from "@/lib/auth/viewer";
import { listProjects } from "../list";
import { removeProject } from "../remove";
import { addMember } from "./add";
import { changeRole } from "./change-role";
import { listMembers } from "./list";
import { removeMember } from "./remove";

const people = () => Promise.all(["Ada", "Ben", "Cleo"].map((name) => makeHost({ name }))) as Promise<Three>;
type Host = Awaited<ReturnType<typeof makeHost>>;
type Three = [Host, Host, Host];
const seenBy = async (viewer: Viewer) => (await listProjects(viewer)).map(({ id, role }) => [id, role]);

test("a project is shared, a role changed, and taken back", async () => {
  const [ada, ben] = await people();
  const client = await makeProject({ kind: "client" }, { [ada.user.id]: "manager" });
  const suit = await makeProject({ kind: "litigation", parentId: client });
  const atSuit = { projectId: suit, userId: ben.user.id };
  await addMember(ada.viewer, suit, { email: ben.user.email.toUpperCase(), role: "viewer" });
  expect(await seenBy(ben.viewer)).toEqual([[suit, "viewer"]]);
  await changeRole(ada.viewer, atSuit, { role: "editor" });
  expect(await seenBy(ben.viewer)).toEqual([[suit, "editor"]]);
  await removeMember(ada.viewer, atSuit);
  await removeMember(ada.viewer, atSuit);
  expect(await seenBy(ben.viewer)).toEqual([]);
  await expect(changeRole(ada.viewer, atSuit, { role: "editor" })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("what cannot be is refused, naming the field", async () => {
  const [ada, ben] = await people();
  const root = await makeProject({}, { [ada.user.id]: "manager", [ben.user.id]: "viewer" });
  const refusals: [object, object][] = [
    [
      { email: "nobody", role: "viewer" },
      { code: "invalid", field: "email" },
    ],
    [
      { email: "nobody@example.test", role: "viewer" },
      { code: "invalid", field: "email" },
    ],
    [
      { email: ben.user.email, role: "boss" },
      { code: "invalid", field: "role" },
    ],
    [
      { email: ben.user.email, role: "editor" },
      { code: "conflict", field: "email" },
    ],
  ];
  for (const [input, refusal] of refusals)
    await expect(addMember(ada.viewer, root, input)).rejects.toMatchObject(refusal);
});

test("a project at the top keeps a manager; below it, everybody may go", async () => {
  const [ada, ben] = await people();
  const root = await makeProject({}, { [ada.user.id]: "manager" });
  const below = await makeProject({ parentId: root }, { [ada.user.id]: "manager" });
  const mine = { projectId: root, userId: ada.user.id };
  const refused = { code: "conflict", field: "role" };
  await expect(removeMember(ada.viewer, mine)).rejects.toMatchObject(refused);
  await expect(changeRole(ada.viewer, mine, { role: "editor" })).rejects.toMatchObject(refused);
  const byHand = database().delete(projectMembers);
  expect(await byHand.then(() => "deleted", sqlStateOf)).toBe("23514");

  await addMember(ada.viewer, root, { email: ben.user.email, role: "manager" });
  await removeMember(ada.viewer, { ...mine, projectId: below });
  await removeMember(ada.viewer, mine);
  expect(await seenBy(ada.viewer)).toEqual([]);
  await expect(removeMember(ben.viewer, { projectId: root, userId: ben.user.id })).rejects.toMatchObject(
    refused,
  );
});

test("two managers who leave at once do not both", async () => {
  const [ada, ben] = await people();
  const root = await makeProject({}, { [ada.user.id]: "manager", [ben.user.id]: "manager" });
  const leave = ({ viewer, user }: Host) => removeMember(viewer, { projectId: root, userId: user.id });
  const left = await Promise.allSettled([leave(ada), leave(ben)]);
  expect(left.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("who shares a project is its manager until that is done, and the project there", async () => {
  const [ada, ben, cleo] = await people();
  const refusals: unknown[] = [];
  for (let round = 0; round < 10; round++) {
    const root = await makeProject({}, { [ada.user.id]: "manager", [ben.user.id]: "manager" });
    const below = await makeProject({ parentId: root });
    const share = (id: string) => addMember(ben.viewer, id, { email: cleo.user.email, role: "viewer" });
    const done = await Promise.allSettled([
      share(root),
      share(below),
      removeMember(ada.viewer, { projectId: root, userId: ben.user.id }),
      removeProject(ada.viewer, below),
    ]);
    for (const each of done) if (each.status === "rejected") refusals.push(each.reason);
  }
  for (const refusal of refusals) expect(refusal).toMatchObject({ code: "not_found" });
});

test("only managers decide about others, everybody may leave, and a stranger finds nothing", async () => {
  const [ada, ben, cleo] = await people();
  const root = await makeProject({}, { [ada.user.id]: "manager", [ben.user.id]: "editor" });
  const deeds = (viewer: Viewer) => [
    () => addMember(viewer, root, { email: cleo.user.email, role: "viewer" }),
    () => changeRole(viewer, { projectId: root, userId: ada.user.id }, { role: "viewer" }),
    () => removeMember(viewer, { projectId: root, userId: ada.user.id }),
  ];
  for (const deed of deeds(ben.viewer)) await expect(deed()).rejects.toMatchObject({ code: "forbidden" });
  for (const deed of [...deeds(cleo.viewer), () => listMembers(cleo.viewer, root)])
    await expect(deed()).rejects.toMatchObject({ code: "not_found" });
  await removeMember(ben.viewer, { projectId: root, userId: ben.user.id });
  expect(await seenBy(ben.viewer)).toEqual([]);
});

test("members are listed with those from further up, and where from only if that is visible", async () => {
  const [ada, ben, cleo] = await people();
  const client = await makeProject(
    { kind: "client", name: "Acme" },
    { [ada.user.id]: "manager", [cleo.user.id]: "viewer" },
  );
  const suit = await makeProject({ kind: "litigation", parentId: client, name: "Suit" });
  const appeal = await makeProject(
    { kind: "case", parentId: suit },
    { [ben.user.id]: "viewer", [cleo.user.id]: "editor" },
  );
  expect(await listMembers(cleo.viewer, appeal)).toMatchObject([
    { name: "Ada", role: null, inherited: { role: "manager", from: "Acme" }, isViewer: false },
    { name: "Ben", email: ben.user.email, role: "viewer", inherited: null },
    { name: "Cleo", role: "editor", inherited: { role: "viewer", from: "Acme" }, isViewer: true },
  ]);
  expect(await listMembers(ben.viewer, appeal)).toMatchObject([
    { name: "Ada", inherited: { role: "manager", from: null } },
    { name: "Ben", isViewer: true },
    { name: "Cleo", role: "editor", inherited: { role: "viewer", from: null } },
  ]);
});
