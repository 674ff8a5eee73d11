import { RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { State, type Tone, ToneIcon } from "./state";

/** What would be here, why it is not, and the one next step. */
export function EmptyState({ title, children, next }: { title: string; children: ReactNode; next?: ReactNode }) {
  return (
    <div className="nothing">
      <h2>{title}</h2>
      <p>{children}</p>
      {next ? <div className="next">{next}</div> : null}
    </div>
  );
}

interface ErrorStateProps {
  /** What happened, as a title. */
  title: string;
  /** The reason, the server's own where it gave one. */
  message: string;
  requestId?: string | null;
  onRetry?: () => void;
  next?: ReactNode;
}

/** Takes the place of what could not be loaded. */
export function ErrorState({ title, message, requestId, onRetry, next }: ErrorStateProps) {
  return (
    <div className="nothing" role="alert">
      <h2 className="tone-danger">
        <ToneIcon tone="danger" />
        {title}
      </h2>
      <p>{message}</p>
      {requestId ? (
        <p className="tone-faint">
          Request <code>{requestId}</code>
        </p>
      ) : null}
      <div className="next">
        {onRetry ? (
          <Button onClick={onRetry}>
            <RotateCw aria-hidden />
            Retry
          </Button>
        ) : null}
        {next}
      </div>
    </div>
  );
}

/** A part that failed while the rest is shown: one line, with the way out. */
export function Notice({ tone, children, onRetry }: { tone: Tone; children: ReactNode; onRetry?: () => void }) {
  return (
    <div className="notice" role="status">
      <State tone={tone}>{children}</State>
      {onRetry ? (
        <Button kind="quiet" onClick={onRetry}>
          <RotateCw aria-hidden />
          Retry
        </Button>
      ) : null}
    </div>
  );
}
