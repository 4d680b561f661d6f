import type { Route } from "next";
import { ButtonLink } from "./button";

type Props = {
  /** What is listed, in the plural. */
  of: string;
  /** Where the list begins; null on the page that shows it. */
  newest: Route | null;
  older: Route | null;
};

/** Ways through a list that is read newest first. */
export function Pages({ of, newest, older }: Props) {
  if (!newest && !older) return null;
  return (
    <nav aria-label="Pages" className="flex justify-between">
      {newest ? <ButtonLink href={newest}>Newest {of}</ButtonLink> : <span />}
      {older && <ButtonLink href={older}>Older {of}</ButtonLink>}
    </nav>
  );
}
