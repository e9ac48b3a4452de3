/** How many images are kept, and for how long. */
export interface ImageRetention {
  /** Tagged images to keep, newest first, among those that match no pattern. */
  readonly keepTaggedImages: number;
  /** Tag patterns with a count of their own, in order of precedence. */
  readonly keepByTagPattern: Readonly<Record<string, number>>;
  readonly expireUntaggedAfterDays: number;
}

type Selection =
  | { tagStatus: "tagged"; tagPatternList: [string]; countType: "imageCountMoreThan"; countNumber: number }
  | { tagStatus: "untagged"; countType: "sinceImagePushed"; countUnit: "days"; countNumber: number };

interface Rule {
  readonly rulePriority: number;
  readonly description: string;
  readonly selection: Selection;
  readonly action: { readonly type: "expire" };
}

/**
 * Returns the JSON of an ECR lifecycle policy. It is never accepted as text, because provider 5.100 panics on a rule without a
 * selection.
 *
 * Each rule has one pattern, because ECR requires an image to match every pattern of a list. A rule with a lower number takes
 * precedence: an image that "release-*" keeps is not expired by "*". Source: ECR user guide, "Lifecycle policy evaluation rules".
 */
export function lifecyclePolicy({
  keepTaggedImages,
  keepByTagPattern,
  expireUntaggedAfterDays,
}: ImageRetention): string {
  const patterns: [string, number][] = [...Object.entries(keepByTagPattern), ["*", keepTaggedImages]];
  const selections: [string, Selection][] = [
    ...patterns.map(([pattern, countNumber]): [string, Selection] => [
      `Keep the last ${countNumber} images tagged ${pattern}`,
      { tagStatus: "tagged", tagPatternList: [pattern], countType: "imageCountMoreThan", countNumber },
    ]),
    [
      `Expire untagged images after ${expireUntaggedAfterDays} days`,
      {
        tagStatus: "untagged",
        countType: "sinceImagePushed",
        countUnit: "days",
        countNumber: expireUntaggedAfterDays,
      },
    ],
  ];
  const rules = selections.map(([description, selection], index): Rule => ({
    rulePriority: index + 1,
    description,
    selection,
    action: { type: "expire" },
  }));
  return JSON.stringify({ rules });
}
