import { z } from "zod";

/** What a host types to connect a CalDAV account; `server` is a URL, a host name or an e-mail address. */
export const caldavAccount = z.object({
  server: z.string().trim().min(1, "Enter the server's address or your e-mail address.").max(2000),
  username: z.string().trim().min(1, "Enter the user name.").max(320),
  password: z.string().min(1, "Enter the password.").max(1000),
});
