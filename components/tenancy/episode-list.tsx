import type { ReactNode } from "react";
import { State } from "@/components/ui/state";
import { Time } from "@/components/ui/time";
import type { ConditionView } from "@/lib/domain/views/common";

interface EpisodeListProps {
  episodes: readonly ConditionView[];
  /** Where an episode leads; absent: nowhere. */
  ways?: (episode: ConditionView) => ReactNode;
}

/** What was so, from when to when, each with its sentence. */
export function EpisodeList({ episodes, ways }: EpisodeListProps) {
  return (
    <ul className="conditions">
      {episodes.map((episode) => {
        const { id, since, until, severity, label, sentence } = episode;
        return (
          <li key={`${id} ${since}`}>
            <State tone={severity}>{label}</State>
            <span className="condition-sentence">
              <bdi>{sentence}</bdi>
            </span>
            <span className="condition-since tone-muted">
              <Time at={since} />{" "}
              {until === null ? (
                "until now"
              ) : (
                <>
                  to <Time at={until} />
                </>
              )}
            </span>
            {ways === undefined ? null : <span className="condition-ways">{ways(episode)}</span>}
          </li>
        );
      })}
    </ul>
  );
}
