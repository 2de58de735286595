using System.Text.Json.Serialization;
using Conclude.Api.Json;
using Conclude.Grains.Keys;

namespace Conclude.Api.Keys;

/// <summary>The keys in force.</summary>
internal sealed record KeysJson(IReadOnlyList<KeyJson> Items);

/// <summary>A key in force.</summary>
/// <param name="Key">The key itself; a secret one is told once, when it is made, and null ever after.</param>
/// <param name="LastUsedAt">About a minute behind; null when it never was.</param>
/// <param name="Name">For people.</param>
/// <param name="RequestsPerSecond">Its own limit, in each process; null: the operator's alone.</param>
/// <param name="AllowedOrigins">Origins whose pages may use it; empty: those of the settings.</param>
internal sealed record KeyJson(
    string Id, [property: JsonConverter(typeof(SnakeCase<KeyKind>))] KeyKind Kind, string? Key, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt,
    string? Name, int? RequestsPerSecond, IReadOnlyList<string> AllowedOrigins)
{
    public static KeyJson Of(ApiKey key, DateTimeOffset? lastUsed) =>
        new(key.Id, key.Kind, key.Plain, key.CreatedAt, lastUsed, key.Name, key.RequestsPerSecond, key.AllowedOrigins);
}
