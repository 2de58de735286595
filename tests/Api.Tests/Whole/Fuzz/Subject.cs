using System.Collections.Immutable;
using System.Net;
using System.Text;
using Conclude.Api.Tests.Hosting;
using Conclude.Api.Tests.Hosting.Walk;
using Conclude.Testing;
using Conclude.Testing.Webhooks;

namespace Conclude.Api.Tests.Whole.Fuzz;

/// <summary>A workspace with a member who is signed in, whose valid requests are made hostile.</summary>
internal sealed class Subject
{
    private readonly Inhabited _own;
    private readonly string _host;
    private readonly string _cookies;
    private readonly string _token;

    private Subject(Inhabited own, string host, string cookies, string token) => (_own, _host, _cookies, _token) = (own, host, cookies, token);

    public static async Task<Subject> Make(WholeServer server, string name, WebhookReceiver receiver)
    {
        var own = await Inhabited.Make(server.Api, name, receiver);
        CookieContainer cookies = new();
        using var browser = await server.SignIn(own.Owner, cookies);
        var token = AntiforgeryToken.In(await browser.GetStringAsync("/account/sessions"));
        return new Subject(own, server.Api.Address.Authority, cookies.GetCookieHeader(server.Api.Address), token);
    }

    /// <summary>All valid requests to a route.</summary>
    public IEnumerable<Shot> Valid(Entry entry) =>
        from query in entry.Queries
        from body in entry.Bodies
        from key in entry.Door switch { Door.Widget => [_own.Workspace.Publishable, _own.Workspace.Test], Door.Management => [_own.Workspace.SecretKey], _ => new string?[] { null } }
        select Valid(entry, query, body, key);

    private Shot Valid(Entry entry, string query, string? body, string? key)
    {
        var filled = body is null ? null : _own.Ids.Fill(body, encoded: entry.Door is Door.Browser);
        ImmutableArray<(string, string)> headers = [("Host", _host)];
        headers = entry.Door switch
        {
            Door.Browser or Door.Nobody => headers.Add(("Cookie", _cookies)),
            _ => headers.Add(("x-conclude-api-key", key!)),
        };
        if (filled is not null)
        {
            headers = headers.Add(("Content-Type", entry.Door is Door.Browser ? "application/x-www-form-urlencoded" : "application/json"));
            filled = entry.Door is Door.Browser ? $"{filled}&{AntiforgeryToken.Name}={Uri.EscapeDataString(_token)}" : filled;
        }

        return new Shot(
            entry.Method, _own.Ids.Fill(entry.Target, encoded: true), _own.Ids.Fill(query, encoded: true), headers,
            filled is not null ? Encoding.UTF8.GetBytes(filled) : entry.Method is "POST" or "PUT" ? [] : null);
    }
}
