namespace Conclude.Ledger;

/// <summary>One answer without its words: what it was, and the person and page as they were when it was asked for.</summary>
public sealed record AnswerFacts(Reaction Reaction, Person Person, PageContext Context);
