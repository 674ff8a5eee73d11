"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Acknowledge, Acknowledged } from "@/components/tenancy/acknowledge";
import { Since } from "@/components/tenancy/since";
import { ButtonLink } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { CopyButton } from "@/components/ui/copy-button";
import { ToneIcon } from "@/components/ui/state";
import { useCarry } from "@/lib/client/address";
import { formatCount } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { PostureFinding, PostureView } from "@/lib/domain/views/posture";

/** Findings, worst first. A row opens to the remedy, the evidence and the tenants it falls on. */
export function FindingTable({ view }: { view: PostureView }) {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <>
      <table className="data-table blocks findings">
        <caption className="visually-hidden">Posture findings, worst first</caption>
        <thead>
          <tr>
            <th scope="col">Finding</th>
            <th scope="col">Seen</th>
            <th scope="col">Cluster</th>
            <th scope="col">Since</th>
            <th scope="col" className="num">
              Way out
            </th>
          </tr>
        </thead>
        <tbody>
          {view.findings.map((finding) => (
            <FindingRow
              key={finding.id}
              finding={finding}
              clusterName={finding.clusterId === null ? null : (view.clusterNames[finding.clusterId] ?? finding.clusterId)}
              open={open === finding.id}
              onToggle={() => setOpen(open === finding.id ? null : finding.id)}
            />
          ))}
        </tbody>
      </table>
      {view.total > view.findings.length ? (
        <p className="table-foot">
          {formatCount(view.findings.length)} of {formatCount(view.total)}; the file has all.
        </p>
      ) : null}
    </>
  );
}

interface FindingRowProps {
  finding: PostureFinding;
  clusterName: string | null;
  open: boolean;
  onToggle: () => void;
}

function FindingRow({ finding, clusterName, open, onToggle }: FindingRowProps) {
  const carry = useCarry();
  const about = `${finding.label.toLowerCase()}, ${finding.subject}`;
  return (
    <tr className={classNames("row", open && "open", finding.acknowledged !== null && "seen")}>
      <th scope="row">
        <button type="button" className="fold" aria-expanded={open} onClick={onToggle}>
          <ChevronRight aria-hidden />
          <span className={`tone-${finding.severity}`}>
            <ToneIcon tone={finding.severity} />
          </span>
          {finding.label}
        </button>
      </th>
      <td className="said">
        <bdi>{finding.sentence}</bdi>
        <Acknowledged condition={finding} about={about} />
        {open ? <FindingDetail finding={finding} /> : null}
      </td>
      <td data-label="Cluster" className="nowrap">
        {clusterName === null ? <span className="tone-faint">fleet</span> : <bdi>{clusterName}</bdi>}
      </td>
      <td data-label="Since" className="tone-muted nowrap">
        <Since at={finding.since} />
      </td>
      <td className="num ways">
        {finding.acknowledged === null ? <Acknowledge condition={finding} about={about} /> : null}
        <Link className="link" prefetch={false} href={carry(finding.way.href)}>
          {finding.way.word}
          <span className="visually-hidden"> of {about}</span>
        </Link>
      </td>
    </tr>
  );
}

/** Evidence that has a place of its own beside the list of values. */
const TOLD_APART = new Set(["affects", "commands"]);

/** What the console does not write itself, for who may. */
function Commands({ text }: { text: string }) {
  return (
    <div>
      <p>
        <b>With Kafka’s own tools.</b> <code>$BOOTSTRAP</code> is the cluster’s addresses, <code>admin.properties</code> the sign-in of
        somebody who may alter it. <CopyButton text={text} what="the commands" />
      </p>
      <pre>{text}</pre>
    </div>
  );
}

function FindingDetail({ finding: { remedy, plans, commands, affects, evidence, rule } }: { finding: PostureFinding }) {
  const carry = useCarry();
  const shown = Object.entries(evidence).filter(([name, value]) => !TOLD_APART.has(name) && value !== null && value !== "");
  return (
    <div className="finding-detail">
      <p>
        <b>What to do.</b> {remedy}
      </p>
      {plans.length === 0 ? null : (
        <p className="plans">
          {plans.map(({ href, words }) => (
            <ButtonLink key={href} href={carry(href)}>
              <bdi>{words}</bdi>
            </ButtonLink>
          ))}
        </p>
      )}
      {commands === null ? null : <Commands text={commands} />}
      {affects === null || affects.tenants.length === 0 ? null : (
        <p>
          <b>Affected.</b>{" "}
          {affects.tenants.slice(0, 12).map(({ id, name }, at) => (
            <span key={id}>
              {at > 0 ? ", " : ""}
              <Link className="link" prefetch={false} href={carry(paths.tenant(id))}>
                <bdi>{name}</bdi>
              </Link>
            </span>
          ))}
          {affects.count > 12 ? ` and ${formatCount(affects.count - 12)} more` : ""}
        </p>
      )}
      <dl>
        <div>
          <dt>rule</dt>
          <dd>
            <code>{rule}</code>
          </dd>
        </div>
        {shown.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{typeof value === "number" ? String(value) : value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
