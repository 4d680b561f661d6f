import { Skeleton } from "@/components/ui/skeleton";

/** The place of a form whose values are being read. */
export function FormSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-6 rounded-lg border border-line bg-surface p-6">
      <p className="sr-only">Loading</p>
      <Skeleton className="h-6 w-40" />
      <Skeleton className="h-11" />
      <Skeleton className="h-11" />
      <Skeleton className="h-24" />
    </div>
  );
}
