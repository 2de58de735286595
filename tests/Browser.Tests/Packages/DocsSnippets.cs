using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;

namespace Conclude.Browser.Tests.Packages;

/// <summary>The C# of <c>docs/install.md</c>, compiled; <see cref="DocsTests"/> holds the two together.</summary>
internal static class DocsSnippets
{
    public static async Task Fire(string host, string key)
    {
        using var http = new HttpClient { BaseAddress = new Uri(host) }; // one for the whole app
        http.DefaultRequestHeaders.Add("x-conclude-api-key", key);

        using var answer = await http.PostAsJsonAsync("/api/v1/widget/events", new
        {
            user = new { externalId = "user_123" },
            events = new[] { new { id = Guid.CreateVersion7(), name = "report_exported" } },
        });
        answer.EnsureSuccessStatusCode();
    }

    public static string Hash(string externalId, string secret)
    {
        return ConcludeHash(externalId, secret);

        static string ConcludeHash(string externalId, string secret) =>
            Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(externalId)));
    }
}
