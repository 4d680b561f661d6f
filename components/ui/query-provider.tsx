"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

/** Around what stays open and ages. Asks again twice before giving up, and when the page is looked at again. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: 2 } } }));
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
