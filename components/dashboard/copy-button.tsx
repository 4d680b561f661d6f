"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";

type Props = {
  text: string;
  label?: string;
  /** Which one, for who cannot see it. */
  about?: string;
  /** What it says once it is done. */
  done?: string;
};

/** Copies an address, unless it says otherwise. */
export function CopyButton({ text, label = "Copy link", about, done = "Link copied" }: Props) {
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
      toast(done);
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
