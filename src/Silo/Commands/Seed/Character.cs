using System.Collections.Immutable;
using System.Globalization;
using Conclude.Ledger;

namespace Conclude.Silo.Commands.Seed;

/// <summary>One made-up user.</summary>
/// <param name="Key">In the ledger: mostly a person, sometimes a browser nobody signed in on.</param>
/// <param name="Joined">When they were first there, at the earliest.</param>
/// <param name="SessionsADay">On an ordinary weekday.</param>
/// <param name="Zone">Hours from UTC.</param>
internal sealed record Character(string Key, Person Person, PageContext Context, DateTimeOffset Joined, double SessionsADay, double Zone)
{
    private const double Anonymous = 0.12;
    private const double ThereBefore = 0.45;
    private const double UsersACompany = 14;

    private static readonly string[] First =
    [
        "Ada", "Alan", "Amina", "Barbara", "Carlos", "Chen", "Clara", "Dimitri", "Edsger", "Elena", "Fatima", "Felix", "Grace", "Hannah", "Hiro", "Ines", "Jonas", "Katherine",
        "Laila", "Lars", "Leslie", "Lucía", "Margaret", "Mateo", "Mei", "Noor", "Olga", "Omar", "Priya", "Radia", "Rosa", "Sofia", "Tariq", "Tim", "Yuki", "Zoë",
    ];

    private static readonly string[] Last =
    [
        "Abbott", "Bauer", "Costa", "Dubois", "Eriksen", "Fischer", "García", "Haddad", "Ito", "Jensen", "Kowalski", "Lamport", "Moreau", "Novak", "Okafor", "Park", "Quinn", "Rossi",
        "Silva", "Tanaka", "Ueda", "Vogel", "Weber", "Xu", "Yilmaz", "Zimmermann",
    ];

    private static readonly string[] Firms =
    [
        "Northwind", "Contoso", "Globex", "Initech", "Umbra", "Helios", "Larkspur", "Meridian", "Oakline", "Pinnacle", "Quarry", "Riverbend", "Saffron", "Tern", "Vela", "Willow",
    ];

    private static readonly string[] Kinds = ["Labs", "Logistics", "Health", "Energy", "Retail", "Media", "Foods", "Bank", "Studio", "Systems"];

    private static readonly (string Locale, double Zone, double Share)[] Places =
        [("en-US", -6, 0.38), ("en-GB", 0, 0.2), ("de-DE", 1, 0.16), ("fr-FR", 1, 0.08), ("es-ES", 1, 0.08), ("ja-JP", 9, 0.06), ("ar-EG", 2, 0.04)];

    public static Character Make(int number, SeedOptions options, Random chance)
    {
        var place = Pick(chance);
        // The later, the more: a product that grows.
        var joined = chance.NextDouble() < ThereBefore ? options.From : options.From.AddDays(options.Days * Math.Sqrt(chance.NextDouble()));
        var sessions = Math.Min(2.5, 0.28 * Math.Exp(0.9 * Chance.Normal(chance)));
        var firm = (int)(Math.Pow(chance.NextDouble(), 1.6) * Math.Max(1, options.Users / UsersACompany));
        var plan = (firm % 5) switch { 0 or 1 => "free", 2 or 3 => "pro", _ => "business" };
        var page = new PageContext("https://app.example.com/reports", place.Locale, chance.NextDouble() < 0.24 ? "mobile" : "desktop");
        if (chance.NextDouble() < Anonymous)
        {
            return new(UserKeys.Browser(Chance.Id(chance, joined).ToString()), Person.Nobody, page, joined, sessions / 3, place.Zone);
        }

        var (first, last) = (First[chance.Next(First.Length)], Last[chance.Next(Last.Length)]);
        var company = $"{Firms[firm % Firms.Length]} {Kinds[firm / Firms.Length % Kinds.Length]}";
        var id = string.Create(CultureInfo.InvariantCulture, $"user_{number + 1:0000}");
        // Reserved for examples: no letter to these people ever reaches anybody.
        var email = $"{Plain(first)}.{Plain(last)}{number + 1}@{company.ToLowerInvariant().Replace(' ', '-')}.example";
        var person = new Person(
            id, email, $"{first} {last}",
            [new Company(string.Create(CultureInfo.InvariantCulture, $"co_{firm + 1:000}"), company, Spend(plan, firm), options.From.AddDays(-30 - (firm * 7 % 900)))],
            ImmutableSortedDictionary<string, string>.Empty.Add("plan", plan).Add("role", chance.NextDouble() < 0.2 ? "admin" : "member"),
            Verified: false);
        return new(UserKeys.Person(id), person, page, joined, sessions, place.Zone);
    }

    private static decimal Spend(string plan, int firm) => plan switch
    {
        "free" => 0,
        "pro" => 200 + (firm * 37 % 800),
        _ => 2_000 + (firm * 613 % 18_000),
    };

    private static (string Locale, double Zone, double Share) Pick(Random chance)
    {
        var left = chance.NextDouble();
        foreach (var place in Places)
        {
            left -= place.Share;
            if (left < 0)
            {
                return place;
            }
        }

        return Places[0];
    }

    private static string Plain(string name) =>
        name.ToLowerInvariant().Replace('í', 'i').Replace('ë', 'e');
}
