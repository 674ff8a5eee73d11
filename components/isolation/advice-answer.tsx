"use client";

import { Check, type LucideIcon, Minus, X } from "lucide-react";
import { ModelWord } from "@/components/tenancy/model-word";
import { State, type Tone } from "@/components/ui/state";
import type { AdviceView, ModelFitView, StreamAdvice } from "@/lib/domain/views/advice";

const LEVELS: Record<ModelFitView["level"], { tone: Tone; words: string }> = {
  fits: { tone: "ok", words: "Fits" },
  conditions: { tone: "warn", words: "Fits on conditions" },
  no: { tone: "danger", words: "Does not fit" },
};
const VERDICTS: Record<ModelFitView["reasons"][number]["verdict"], { icon: LucideIcon; tone: string; words: string }> = {
  yes: { icon: Check, tone: "tone-ok", words: "met" },
  conditional: { icon: Minus, tone: "tone-warn", words: "on a condition" },
  no: { icon: X, tone: "tone-danger", words: "not met" },
};
const ORDER = ["fits", "conditions", "no"] as const;

/** The models, the one that fits best first, each with the reason for every need. */
export function AdviceAnswer({ advice }: { advice: AdviceView }) {
  const { streams, together, cost, tenant } = advice;
  return (
    <div className="advice" aria-live="polite">
      <p className="advice-together">
        <bdi>{together}</bdi>
        {tenant === null || tenant.models.length === 0 ? null : ` Today: ${tenant.models.join(" and ")}.`}
      </p>
      {streams.map((stream) => (
        <StreamAnswer key={stream.name} stream={stream} isNamed={streams.length > 1} />
      ))}
      <p className="tone-muted">{cost}</p>
    </div>
  );
}

function StreamAnswer({ stream: { name, fits, sentence, recommended, moves }, isNamed }: { stream: StreamAdvice; isNamed: boolean }) {
  const isChosen = ({ model }: ModelFitView): boolean => model === recommended;
  const sorted = fits.toSorted((a, b) => Number(isChosen(b)) - Number(isChosen(a)) || ORDER.indexOf(a.level) - ORDER.indexOf(b.level));
  return (
    <section aria-label={isNamed ? `Stream ${name}` : "Answer"}>
      {isNamed ? (
        <>
          <h3>
            <bdi>{name === "" ? "Unnamed stream" : name}</bdi>
          </h3>
          <p>
            <bdi>{sentence}</bdi>
          </p>
        </>
      ) : null}
      <ul className="answer">
        {sorted.map((fit) => (
          <ModelAnswer key={fit.model} fit={fit} />
        ))}
      </ul>
      {moves.map(({ from, to, steps }) => (
        <details key={from}>
          <summary>
            Moving from {from} to {to}, {steps.length} steps
          </summary>
          <ol>
            {steps.map(({ step, because }) => (
              <li key={step}>
                {step} <span className="tone-muted">{because}</span>
              </li>
            ))}
          </ol>
        </details>
      ))}
    </section>
  );
}

function ModelAnswer({ fit: { model, level, reasons } }: { fit: ModelFitView }) {
  const { tone, words } = LEVELS[level];
  return (
    <li>
      <b>
        <ModelWord model={model} />
      </b>
      <div>
        <State tone={tone}>{words}</State>
        {reasons.map(({ need, verdict, why }) => {
          const { icon: Icon, tone: color, words: said } = VERDICTS[verdict];
          return (
            <p key={need}>
              <Icon aria-hidden className={color} />
              <span>
                <span className="visually-hidden">{said}: </span>
                {need}. <span className="tone-muted">{why}</span>
              </span>
            </p>
          );
        })}
      </div>
    </li>
  );
}
