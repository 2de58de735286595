namespace Conclude.Grains.Webhooks;

/// <summary>A webhook may not go there. The message is for its owner, and names no address.</summary>
public sealed class RefusedDestinationException(string message) : IOException(message);
