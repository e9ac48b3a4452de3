/** Names that S3 accepts. Source: S3 user guide, "General purpose bucket naming rules". */
export const BUCKET_NAME =
  /^(?!xn--|sthree-|amzn-s3-demo-|\d+\.\d+\.\d+\.\d+$)(?!.*(\.\.|-s3alias$|--ol-s3$|\.mrap$|--x-s3$|--table-s3$))[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export const BUCKET_NAME_RULE =
  "3 to 63 lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit";
