using System.Text.Json.Serialization;
using Conclude.Api.Json;
using Conclude.Grains.Keys;

namespace Conclude.Api.Keys;

/// <summary>The keys in force.</summary>
internal sealed record KeysJson(IReadOnlyList<KeyJson> Items);

/// <summary>A key in force.</summary>
/// <param name="Key">The key itself; a secret one is told once, when it is made, and null ever after.</param>
internal sealed record KeyJson(string Id, [property: JsonConverter(typeof(SnakeCase<KeyKind>))] KeyKind Kind, string? Key, DateTimeOffset CreatedAt)
{
    public static KeyJson Of(ApiKey key) => new(key.Id, key.Kind, key.Plain, key.CreatedAt);
}
