"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";

/** Copies an address; says which one to who cannot see it. */
export function CopyButton({
  text,
  label = "Copy link",
  about,
}: {
  text: string;
  label?: string;
  about?: string;
}) {
  const toast = useToast();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      toast("Link copied");
    } catch {
      // Browsers allow it on https and localhost only.
      toast(`Copy it by hand: ${text}`, "danger");
    }
  };
  const Icon = isCopied ? Check : Copy;
  return (
    <Button size="sm" onClick={copy} aria-label={about ? `${label}: ${about}` : undefined}>
      <Icon aria-hidden="true" />
      {label}
    </Button>
  );
}
