import { Banner } from "@/components/ui/banner";
import type { FormErrors } from "./use-form";

/** What is wrong with the form as a whole; takes the focus when it appears. */
export function FormError({ errors }: { errors: FormErrors }) {
  const message = errors[""];
  if (!message) return null;
  return (
    <div data-form-error tabIndex={-1} className="rounded-md outline-none">
      <Banner tone="danger" live="alert">
        {message}
      </Banner>
    </div>
  );
}
