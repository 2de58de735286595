using Orleans.Streams;

namespace Conclude.LocalEngine.Streams;

/// <summary>An event on its way to one subscriber, or word that events were lost.</summary>
internal sealed record StreamEvent(object? Item, StreamSequenceToken? Token, Exception? Error);
