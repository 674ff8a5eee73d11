"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Acknowledge, Acknowledged } from "@/components/tenancy/acknowledge";
import { Since } from "@/components/tenancy/since";
import { classNames } from "@/components/ui/class-names";
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

function FindingDetail({ finding: { remedy, affects, evidence, rule } }: { finding: PostureFinding }) {
  const carry = useCarry();
  const shown = Object.entries(evidence).filter(([name, value]) => name !== "affects" && value !== null && value !== "");
  return (
    <div className="finding-detail">
      <p>
        <b>What to do.</b> {remedy}
      </p>
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
