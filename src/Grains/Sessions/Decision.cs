using Conclude.Ledger;

namespace Conclude.Grains.Sessions;

/// <summary>A verdict and, where the rule knows it, until when it would be the same.</summary>
internal readonly record struct Decision(Verdict Verdict, DateTimeOffset? Until = null);
