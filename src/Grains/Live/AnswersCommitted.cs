using System.Collections.Immutable;

namespace Conclude.Grains.Live;

/// <summary>Answers that are new or gained a comment; a hint to read them again.</summary>
[GenerateSerializer, Immutable, Alias("Conclude.AnswersCommitted")]
public sealed record AnswersCommitted([property: Id(0)] ImmutableArray<Guid> PromptIds);
