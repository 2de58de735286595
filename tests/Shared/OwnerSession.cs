using System.Net;

namespace Conclude.Testing;

/// <summary>The owner of a <see cref="SiloProcess"/> at the pages of the dashboard, without a browser.</summary>
internal static class OwnerSession
{
    /// <summary>Keeps cookies and follows nothing.</summary>
    public static HttpClient Browser(CookieContainer? cookies = null) =>
        new(new SocketsHttpHandler { CookieContainer = cookies ?? new CookieContainer(), AllowAutoRedirect = false });

    /// <param name="address">Of a silo, or of a proxy before some.</param>
    public static async Task SignIn(this HttpClient browser, string address)
    {
        var page = address + "/sign-in";
        using var answer = await browser.PostAsync(page, new FormUrlEncodedContent(
        [
            new("_handler", "sign-in"), new("Input.Email", SiloProcess.OwnerEmail), new("Input.Password", SiloProcess.OwnerPassword),
            new(AntiforgeryToken.Name, AntiforgeryToken.In(await browser.GetStringAsync(page))),
        ]));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusOfMoments(address));
    }

    /// <returns>OK when signed in, otherwise a redirection.</returns>
    public static async Task<HttpStatusCode> StatusOfMoments(this HttpClient browser, string address)
    {
        using var answer = await browser.GetAsync(address + "/moments");
        return answer.StatusCode;
    }
}
