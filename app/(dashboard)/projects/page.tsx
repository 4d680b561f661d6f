import { FolderTree, Plus } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { RowsSkeleton } from "@/components/dashboard/rows-skeleton";
import { NewProjectDialog } from "@/components/projects/new-project-dialog";
import { ProjectTree } from "@/components/projects/project-tree";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { viewerAt } from "@/lib/auth/session";
import { listProjects } from "@/lib/projects/list";
import { listReach } from "@/lib/projects/reach";
import { getProfile } from "@/lib/users/profile";
import { readerClock } from "../reader";
import * as actions from "./actions";

export const metadata: Metadata = { title: "Projects" };

export default function ProjectsPage() {
  return (
    <>
      <PageHeader
        title="Projects"
        description="Clients, their litigations, patents and cases, and whatever else you work on. Who is a member of one sees everything below it."
        actions={<NewProject />}
      />
      <Suspense fallback={<RowsSkeleton />}>
        <Projects />
      </Suspense>
    </>
  );
}

async function Projects() {
  const viewer = await viewerAt("/projects");
  const [nodes, profile] = await Promise.all([listProjects(viewer), getProfile(viewer)]);
  if (nodes.length > 0)
    return (
      <ProjectTree
        nodes={nodes}
        reach={await listReach(viewer, nodes)}
        clock={await readerClock(profile.timeZone)}
        now={new Date()}
        actions={{ ...actions }}
      />
    );
  return (
    <Card>
      <EmptyState
        icon={FolderTree}
        title="No projects yet"
        description="Start with a client or a plain project. What others share with you appears here, too."
        action={<NewProject />}
      />
    </Card>
  );
}

function NewProject() {
  return (
    <NewProjectDialog
      trigger={
        <Button variant="primary">
          <Plus aria-hidden="true" />
          New project
        </Button>
      }
      parent={null}
      create={actions.create}
    />
  );
}
