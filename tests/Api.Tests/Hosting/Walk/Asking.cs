using System.Text;
using Conclude.Testing;

namespace Conclude.Api.Tests.Hosting.Walk;

/// <summary>One member and one set of keys of one workspace, asking routes of the table.</summary>
internal sealed class Asking(WholeServer server, TestWorkspace workspace, HttpClient browser)
{
    private string? _token;

    /// <returns>What a request says, each with what was sent.</returns>
    public async Task<List<(string Sent, string Told)>> Ask(Entry entry, Ids ids)
    {
        List<(string, string)> told = [];
        foreach (var query in entry.Queries)
        {
            foreach (var body in entry.Bodies)
            {
                foreach (var key in entry.Door switch { Door.Widget => [workspace.Publishable, workspace.Test], Door.Management => [workspace.SecretKey], _ => new string?[] { null } })
                {
                    var filled = body is null ? null : ids.Fill(body, encoded: entry.Door is Door.Browser);
                    using var request = await Request(entry, ids.Fill(entry.Target + query, encoded: true), filled, key);
                    using var answer = await (entry.Door is Door.Browser or Door.Nobody ? browser : server.Api.Http).SendAsync(request);
                    var sent = $"{request.Method} {request.RequestUri!.PathAndQuery} {filled}";
                    told.Add((sent, await Answers.Tell(answer)));
                }
            }
        }

        return told;
    }

    private async Task<HttpRequestMessage> Request(Entry entry, string target, string? body, string? key)
    {
        HttpRequestMessage request = new(new HttpMethod(entry.Method), new Uri(server.Api.Address, target));
        if (key is not null)
        {
            request.Headers.Add("x-conclude-api-key", key);
        }

        if (body is not null && entry.Door is Door.Browser)
        {
            _token ??= AntiforgeryToken.In(await browser.GetStringAsync("/account/sessions"));
            request.Content = new StringContent($"{body}&{AntiforgeryToken.Name}={Uri.EscapeDataString(_token)}", Encoding.UTF8, "application/x-www-form-urlencoded");
        }
        else if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return request;
    }
}
