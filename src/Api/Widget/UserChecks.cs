using System.Collections.Immutable;
using System.Globalization;
using Conclude.Api.Errors;
using Conclude.Ledger;

namespace Conclude.Api.Widget;

/// <summary>Bounds of what a request may state of its user and page. Control characters are in none of it.</summary>
internal static class UserChecks
{
    public const int MaxCompanies = 20;
    public const int MaxTraits = 50;
    public const int MaxName = 200;
    public const int MaxEmail = 320;
    public const int MaxTraitName = 100;
    public const int MaxTraitValue = 500;
    public const int MaxUrl = 4_096;
    public const int MaxLocale = 35;
    public const int MaxDevice = 20;
    private const int MaxHash = 200;

    public static void Check(UserJson? user, ContextJson? context, Fields fields)
    {
        if (user is null or { AnonymousId: null, ExternalId: null })
        {
            fields.Add("user", "needs anonymousId or externalId");
            return;
        }

        fields.Id(user.AnonymousId, "user.anonymousId", UserKeys.MaxIdLength);
        fields.Id(user.ExternalId, "user.externalId", UserKeys.MaxIdLength);
        fields.Line(user.Email, "user.email", MaxEmail);
        fields.Line(user.Name, "user.name", MaxName);
        fields.Line(user.Hash, "user.hash", MaxHash);
        Check(user.Companies, fields);
        Check(user.Traits, fields);
        fields.Line(context?.Url, "context.url", MaxUrl);
        fields.Line(context?.Locale, "context.locale", MaxLocale);
        fields.Line(context?.Device, "context.device", MaxDevice);
    }

    public static Person Person(UserJson user, bool verified) => new(
        user.ExternalId,
        user.Email,
        user.Name,
        user.Companies is null ? [] : [.. user.Companies.Select(static c => new Company(c.Id!, c.Name, c.MonthlySpend, c.Created))],
        user.Traits is null ? ImmutableSortedDictionary<string, string>.Empty : user.Traits.ToImmutableSortedDictionary(),
        verified);

    private static void Check(CompanyJson?[]? companies, Fields fields)
    {
        fields.Must(companies is null or { Length: <= MaxCompanies }, "user.companies", $"at most {MaxCompanies} companies");
        for (var i = 0; i < Math.Min(companies?.Length ?? 0, MaxCompanies); i++)
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"user.companies[{i}]");
            fields.Must(companies![i]?.Id is not null, field + ".id", "is missing");
            fields.Id(companies[i]?.Id, field + ".id", UserKeys.MaxIdLength);
            fields.Line(companies[i]?.Name, field + ".name", MaxName);
        }
    }

    private static void Check(Dictionary<string, string>? traits, Fields fields)
    {
        if (traits is null)
        {
            return;
        }

        fields.Must(traits.Count <= MaxTraits, "user.traits", $"at most {MaxTraits} traits");
        foreach (var (name, value) in traits.Take(MaxTraits))
        {
            fields.Id(name, "user.traits", MaxTraitName);
            fields.Line(value, name.Length <= MaxTraitName ? $"user.traits.{name}" : "user.traits", MaxTraitValue);
        }
    }
}
