using Conclude.Testing;

namespace Conclude.Dashboard.Tests;

/// <summary>What a person does with the plain forms.</summary>
internal static class Forms
{
    public static Task<HttpResponseMessage> SignIn(this HttpClient browser, string email, string password, string? returnUrl = null) =>
        browser.Submit("/sign-in" + (returnUrl is null ? "" : "?returnUrl=" + Uri.EscapeDataString(returnUrl)), "/sign-in" + (returnUrl is null ? "" : "?returnUrl=" + Uri.EscapeDataString(returnUrl)), new()
        {
            ["_handler"] = "sign-in",
            ["Input.Email"] = email,
            ["Input.Password"] = password,
        });

    /// <summary>Loads a page and posts a form with its antiforgery token.</summary>
    public static async Task<HttpResponseMessage> Submit(this HttpClient browser, string page, string action, Dictionary<string, string> fields)
    {
        var html = await browser.GetStringAsync(page);
        fields[AntiforgeryToken.Name] = AntiforgeryToken.In(html);
        return await browser.PostAsync(action, new FormUrlEncodedContent(fields));
    }

    public static string? Path(this HttpResponseMessage response) => response.Headers.Location is { IsAbsoluteUri: true } url ? url.PathAndQuery : response.Headers.Location?.OriginalString;
}
