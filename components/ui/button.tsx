import clsx from "clsx";
import type { Route } from "next";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { Spinner } from "./spinner";

type Variant = "primary" | "secondary" | "quiet" | "danger";
type Size = "sm" | "md" | "lg";
type Look = { variant?: Variant | undefined; size?: Size | undefined; className?: string | undefined };

/** `loading` keeps the button's width and focus, tells assistive technology, and ignores further presses. */
export function Button({
  variant,
  size,
  className,
  loading = false,
  children,
  onClick,
  type = "button",
  ...props
}: Look & { loading?: boolean | undefined } & ComponentProps<"button">) {
  return (
    <button
      {...props}
      type={type}
      aria-disabled={loading || props["aria-disabled"]}
      aria-busy={loading || undefined}
      onClick={loading ? (event) => event.preventDefault() : onClick}
      className={buttonClass({ variant, size, className })}
    >
      <Content loading={loading}>{children}</Content>
    </button>
  );
}

/** A link that looks like a button: it goes somewhere, a Button does something. */
export function ButtonLink<T extends string>({
  variant,
  size,
  className,
  href,
  ...props
}: Look & Omit<ComponentProps<typeof Link>, "href"> & { href: Route<T> }) {
  return <Link {...props} href={href} className={buttonClass({ variant, size, className })} />;
}

/** The look alone, for what is neither: a download, a link to another site. */
export function buttonClass({ variant = "secondary", size = "md", className }: Look): string {
  return clsx(base, sizes[size], variants[variant], className);
}

function Content({ loading, children }: { loading: boolean; children: ReactNode }) {
  return (
    <>
      {loading && (
        <span className="absolute inset-0 grid place-items-center">
          <Spinner />
        </span>
      )}
      <span className={clsx("inline-flex items-center gap-2", loading && "opacity-0")}>{children}</span>
    </>
  );
}

const base =
  "relative inline-flex shrink-0 select-none items-center justify-center gap-2 rounded-md border font-medium text-center transition-colors disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-default [&_svg]:size-4 [&_svg]:shrink-0";

const sizes: Record<Size, string> = {
  sm: "min-h-9 px-3 py-1 text-sm pointer-coarse:min-h-11",
  md: "min-h-11 px-4 py-2 text-[0.9375rem]",
  lg: "min-h-12 px-5 py-2.5 text-base",
};

const variants: Record<Variant, string> = {
  primary: "border-transparent bg-accent text-on-accent not-disabled:hover:bg-accent-hover",
  secondary: "border-line-strong/60 bg-surface text-ink not-disabled:hover:bg-sunken",
  quiet: "border-transparent text-accent-text not-disabled:hover:bg-accent-soft",
  danger: "border-transparent bg-danger text-on-danger not-disabled:hover:bg-danger-hover",
};
