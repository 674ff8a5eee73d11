"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ChangeDialog } from "@/components/change/change-dialog";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { tenantDetail } from "@/lib/client/tenants";
import type { RequestOf } from "@/lib/domain/change/request";

const MOST = 120;

/** What the dialog asks for; null: nothing is different. */
export function managedRequest(tenantId: string, text: string, now: string | null): RequestOf<"managed-elsewhere"> | null {
  const by = text.trim() === "" ? null : text.trim();
  return by === now ? null : { kind: "managed-elsewhere", tenantId, by };
}

/** Who changes a tenant's resources instead of the console: forms then plan, and give what has to be put there. */
export function ManagedDialog({ tenantId, onClose }: { tenantId: string; onClose: () => void }) {
  const { data: tenant } = useQuery(tenantDetail(tenantId));
  const now = tenant?.managedElsewhere ?? null;
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? now ?? "";
  return (
    <ChangeDialog
      title="Managed elsewhere"
      draftKey={`managed ${tenantId}`}
      request={tenant === undefined || text === null ? null : managedRequest(tenantId, text, now)}
      onClose={onClose}
    >
      <p>
        Where Terraform, GitOps or a team of its own sets the tenant’s quotas and topics, forms here plan a change and give what has to be
        put there, instead of writing it.
      </p>
      <Field
        label="Managed by"
        placeholder="such as Terraform, repository platform/kafka"
        maxLength={MOST}
        value={shown}
        hint={shown.trim() === "" ? "Empty: this console changes it." : null}
        onChange={(event) => setText(event.target.value)}
      />
      {shown === "" ? null : (
        <p className="presets">
          <Button onClick={() => setText("")}>Changed by this console</Button>
        </p>
      )}
    </ChangeDialog>
  );
}
