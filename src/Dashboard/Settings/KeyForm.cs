using System.Collections.Immutable;
using System.Globalization;
using Conclude.Grains.Keys;
using Conclude.Ledger;

namespace Conclude.Dashboard.Settings;

/// <summary>What a key that pages use is called and bounded by, as a person types it.</summary>
public sealed class KeyForm
{
    private KeyForm(ApiKey seen)
    {
        Seen = seen;
        Name = seen.Name ?? "";
        RequestsPerSecond = seen.RequestsPerSecond?.ToString(CultureInfo.InvariantCulture) ?? "";
        AllowedOrigins = OriginLines.Write(seen.AllowedOrigins);
    }

    /// <summary>What was in force when the person began.</summary>
    public ApiKey Seen { get; }

    public string Name { get; set; }

    /// <summary>Empty: the operator's limit alone.</summary>
    public string RequestsPerSecond { get; set; }

    /// <summary>One a line; empty: those of the settings.</summary>
    public string AllowedOrigins { get; set; }

    public static KeyForm Of(ApiKey key) => new(key);

    /// <summary>Whether two records of one key say the same of it.</summary>
    public static bool Same(ApiKey a, ApiKey b) =>
        (a.Name, a.RequestsPerSecond) == (b.Name, b.RequestsPerSecond) && a.AllowedOrigins.AsSpan().SequenceEqual(b.AllowedOrigins.AsSpan());

    /// <returns>What was typed, and what could not be read, by JSON field name.</returns>
    public (KeyEdit Edit, ImmutableSortedDictionary<string, string> Errors) Read()
    {
        var errors = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var name = Name.Trim();
        if (name.Length > ApiKey.MaxName || !StoredText.CanBe(name))
        {
            errors["name"] = $"one line of at most {ApiKey.MaxName} characters";
        }

        int? rate = null;
        if (!string.IsNullOrWhiteSpace(RequestsPerSecond))
        {
            if (int.TryParse(RequestsPerSecond.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= ApiKey.MaxRequestsPerSecond)
            {
                rate = number;
            }
            else
            {
                errors["requestsPerSecond"] = string.Create(CultureInfo.InvariantCulture, $"a whole number, 1 to {ApiKey.MaxRequestsPerSecond:N0}, or nothing");
            }
        }

        var (origins, wrong) = OriginLines.Read(AllowedOrigins);
        if (wrong is not null)
        {
            errors["allowedOrigins"] = wrong;
        }

        return (new KeyEdit(name.Length == 0 ? null : name, rate, origins), errors.ToImmutable());
    }
}
