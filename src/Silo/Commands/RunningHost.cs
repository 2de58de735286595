using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Conclude.Api.Operators;
using Conclude.Grains.Tenants;

namespace Conclude.Silo.Commands;

/// <summary>A host that runs, as its operator asks it.</summary>
internal static class RunningHost
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="settings">Where the token is.</param>
    /// <returns>The plan that the workspace is on now.</returns>
    /// <exception cref="InvalidSettingException">It was not done; the message says why.</exception>
    public static async Task<PlanLimits> ChangePlan(string host, string workspace, string plan, string[] settings)
    {
        var configuration = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory }).Configuration;
        if (configuration[OperatorOptions.Section + ":Token"] is not { Length: > 0 } token)
        {
            throw new InvalidSettingException($"{OperatorOptions.Section}:Token is not set: the host is asked with it.");
        }

        if (!Uri.TryCreate(host, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            throw new InvalidSettingException($"{host} is no address of a host, such as http://localhost:5080.");
        }

        using HttpClient client = new() { Timeout = Patience };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var answer = await client.PutAsJsonAsync(new Uri(address, $"/api/v1/operator/workspaces/{Uri.EscapeDataString(workspace)}/plan"), new { plan });
            var told = await answer.Content.ReadAsStringAsync();
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => Plan(JsonNode.Parse(told)!),
                HttpStatusCode.NotFound => throw new InvalidSettingException($"There is no workspace {workspace}, or the host has another token."),
                HttpStatusCode.BadRequest => throw new InvalidSettingException($"There is no plan '{plan}' at the host."),
                _ => throw new InvalidSettingException($"The host answered {(int)answer.StatusCode}."),
            };
        }
        catch (Exception reason) when (reason is HttpRequestException or TaskCanceledException)
        {
            throw new InvalidSettingException($"The host at {host} does not answer: {reason.Message}", reason);
        }
        catch (JsonException reason)
        {
            throw new InvalidSettingException($"What answers at {host} is something else.", reason);
        }
    }

    private static PlanLimits Plan(JsonNode told) => new(
        (string)told["plan"]!, (long)told["eventsPerMonth"]!, (int)told["moments"]!, (int)told["members"]!, (int)told["retentionDays"]!, (int)told["eventNames"]!);
}
