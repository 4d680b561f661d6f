"use client";

import { useState } from "react";
import { Card, CardBody } from "@/components/ui/card";
import type { ActionResult } from "@/lib/action";
import type { GoogleSetup } from "@/lib/connections/google/setup";
import type { Connection } from "@/lib/connections/list";
import { CaldavForm } from "./caldav-form";
import { GooglePanel } from "./google-panel";
import { presetOf, presets } from "./presets";
import { google, ServiceChoice } from "./service-choice";

type Props = {
  /** An account that is to let us in again. */
  known?: Pick<Connection, "id" | "provider" | "serverUrl" | "account"> | undefined;
  setup: GoogleSetup;
  /** Somebody comes back from Google with nothing. */
  isBackFromGoogle: boolean;
  connect: (form: FormData) => Promise<ActionResult<void>>;
};

/** Where the calendar is, and what that place asks for. */
export function ConnectForm({ known, setup, isBackFromGoogle, connect }: Props) {
  const [chosen, setChosen] = useState(() => firstChoice({ known, setup, isBackFromGoogle }));
  const preset = presets.find(({ id }) => id === chosen);
  const knownServer =
    known?.provider === "google" ? undefined : known && { server: known.serverUrl, username: known.account };
  return (
    <Card>
      <CardBody className="pt-5 sm:pt-6">
        <ServiceChoice chosen={chosen} onChoose={setChosen} />
      </CardBody>
      {preset ? (
        <CaldavForm preset={preset} known={knownServer} connect={connect} />
      ) : (
        <GooglePanel setup={setup} known={known?.provider === "google" ? known : undefined} />
      )}
    </Card>
  );
}

function firstChoice({ known, setup, isBackFromGoogle }: Omit<Props, "connect">): string {
  if (known) return known.provider === "google" ? google.id : presetOf(known.serverUrl).id;
  return setup.isReady || isBackFromGoogle ? google.id : presets[0].id;
}
