using Conclude.Ledger;

namespace Conclude.Dashboard.Responses;

/// <summary>How a person and a page are named in a list. Everything here comes from outside and is only ever shown as text.</summary>
public static class PersonWords
{
    private const int ShortId = 8;

    public static string Name(Person person) => person.Name ?? person.Email ?? person.ExternalId ?? "Anonymous";

    /// <summary>A second way to know them, when there is one.</summary>
    public static string? Detail(Person person) => person.Name is null ? null : person.Email ?? person.ExternalId;

    public static string? Companies(Person person) =>
        person.Companies.IsDefaultOrEmpty ? null : string.Join(", ", person.Companies.Select(static c => c.Name ?? c.Id));

    /// <summary>When nothing but the key is known.</summary>
    public static string Key(string userKey) => UserKeys.ExternalId(userKey) ?? (UserKeys.AnonymousId(userKey) is { } browser ? $"Anonymous {browser[..Math.Min(ShortId, browser.Length)]}" : "Anonymous");

    /// <summary>Host and path; what follows <c>?</c> seldom helps and often identifies.</summary>
    public static string? Page(PageContext context) =>
        Uri.TryCreate(context.Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url.Authority + url.AbsolutePath : context.Url;
}
