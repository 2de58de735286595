using System.Collections.Immutable;
using System.Globalization;
using Conclude.Ledger;

namespace Conclude.Grains.Keys;

/// <summary>What the audit log tells of a change to a key.</summary>
internal static class KeyDifferences
{
    public static ImmutableArray<AuditChange> Between(ApiKey before, ApiKey after) =>
    [
        .. Fields(before).Zip(Fields(after), static (was, now) => new AuditChange(was.Name, was.Value, now.Value))
            .Where(static change => change.Before != change.After),
    ];

    private static IEnumerable<(string Name, string? Value)> Fields(ApiKey key) =>
    [
        ("name", key.Name),
        ("requestsPerSecond", key.RequestsPerSecond?.ToString(CultureInfo.InvariantCulture)),
        ("allowedOrigins", key.AllowedOrigins.IsEmpty ? null : string.Join(", ", key.AllowedOrigins)),
    ];
}
