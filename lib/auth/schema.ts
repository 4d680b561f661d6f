import { z } from "zod";
import { personName, timeZone } from "@/lib/users/schema";

export const emailAddress = z
  .string()
  .trim()
  .min(1, "Enter your e-mail address.")
  .pipe(z.email("This is not an e-mail address.").max(254, "This address is too long."));

const minimumLength = 10;
/** Long beats complicated; the upper end only keeps the hashing bounded. */
export const newPassword = z
  .string()
  .min(minimumLength, `Use at least ${minimumLength} characters.`)
  .max(200, "Use at most 200 characters.");

export const signInForm = z.object({
  email: emailAddress,
  password: z.string().min(1, "Enter your password.").max(200, "This password is too long."),
});

export const setUpForm = z.object({
  name: personName,
  email: emailAddress,
  password: newPassword,
  timeZone,
});

export const passwordChange = z.object({
  currentPassword: signInForm.shape.password,
  newPassword,
});
