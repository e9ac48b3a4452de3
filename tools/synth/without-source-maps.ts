/**
 * Stops Node.js from reading the source maps of all files loaded after this one. Reading those of cdktf and of the provider
 * takes a tenth of a synth through tsx. `tools/synth/run.mjs` loads our code as one file, whose map is read before.
 */
process.setSourceMapsEnabled(false);
