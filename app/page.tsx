import { redirect } from "next/navigation";

/** Visitors come by a link to a booking page; whoever comes here runs one. */
export default function HomePage() {
  redirect("/dashboard");
}
