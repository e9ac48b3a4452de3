/** TCP ports that a container's user, who is not root and has no capabilities, can listen on. */
export const LOWEST_PORT = 1024;
export const HIGHEST_PORT = 65_535;
