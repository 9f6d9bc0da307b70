package dev.cairn.server.attachment;

import dev.cairn.protocol.id.AttachmentId;
import dev.cairn.protocol.id.DeviceId;
import dev.cairn.protocol.id.SpaceId;

/**
 * What an upload address stands for.
 *
 * @param sizeBytes of the whole encrypted file, as a change of the device states it
 * @param expiresSeconds seconds since 1970 after which the address is worthless
 */
public record Upload(
    SpaceId space, AttachmentId id, DeviceId device, long sizeBytes, long expiresSeconds) {}
