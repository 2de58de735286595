namespace Conclude.LocalEngine.Storage;

internal sealed record StoredRecord(byte[] Payload, string Etag);
