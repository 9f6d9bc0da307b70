package dev.cairn.client.courier;

/**
 * What went into a bundle.
 *
 * @param parcels how many, those carried for others included
 * @param carried parcels of others among them
 * @param changes of this device
 * @param bytes size of the file
 * @param left whether something had no room
 */
public record BundleExport(long parcels, long carried, long changes, long bytes, boolean left) {}
