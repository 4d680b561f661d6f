import type { ReactNode } from "react";
import { Logo } from "@/components/ui/logo";

/** The frame of every page a visitor sees: quiet, and no way out of it but what they came for. */
export function PublicShell({ wide = false, children }: { wide?: boolean; children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col max-md:bg-surface">
      <main
        className={`mx-auto w-full flex-1 md:px-6 md:pt-10 lg:pt-[clamp(2.5rem,9vh,6rem)] ${wide ? "max-w-[70rem]" : "max-w-[40rem]"}`}
      >
        {children}
      </main>
      <footer className="flex justify-center px-6 py-8 text-muted">
        <Logo className="[&_svg]:size-5 [&_span]:text-sm" />
      </footer>
    </div>
  );
}
