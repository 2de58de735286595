using Conclude.Api.Errors;
using Conclude.Api.Idempotency;
using Conclude.Api.Json;
using Conclude.Grains;
using Conclude.Grains.Keys;
using Conclude.Grains.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Conclude.Api.Keys;

/// <summary>Keys of a workspace; secret key.</summary>
internal static class KeyRoutes
{
    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(ApiRoutes.Management + "/keys").WithTags("Keys").WithCommonProblems();
        group.MapGet("", List).WithSummary("The keys in force");
        group.MapPageKeys(KeyKind.Publishable, "publishable", "a publishable key");
        group.MapPageKeys(KeyKind.Test, "test", "a test key");
        group.MapPost("secret/regenerate", static (Caller caller, IGrainFactory grains, TimeProvider time) => Add(ApiKeys.Generate(KeyKind.Secret), new KeyEdit(null, null, []), caller, grains, time))
            .WithSummary("Replace the secret key: the one that this request came with ends at once").WithProblems(ApiProblem.TooManyKeys).WithMetadata(new NotKept("key"));
    }

    private static void MapPageKeys(this IEndpointRouteBuilder group, KeyKind kind, string path, string name)
    {
        group.MapPost(path, (HttpContext context, Caller caller, IGrainFactory grains, TimeProvider time) => Make(kind, context, caller, grains, time))
            .WithSummary($"Make {name}; the others work until they are revoked")
            .Accepts<KeyRequest>(isOptional: true, "application/json").WithProblems(400, 413, 415).WithProblems(ApiProblem.TooManyKeys);
        group.MapPut(path + "/{id}", (string id, HttpContext context, Caller caller, IGrainFactory grains) => Change(kind, id, context, caller, grains))
            .WithSummary($"Rename {name}, or bound what it may be used for; the others stay as they are")
            .Accepts<KeyRequest>("application/json").WithProblems(400, 404, 413, 415);
        group.MapDelete(path + "/{id}", (string id, Caller caller, IGrainFactory grains) => Revoke(kind, id, caller, grains))
            .WithSummary($"Revoke {name}").WithProblems(404);
    }

    private static async Task<Ok<KeysJson>> List(Caller caller, IGrainFactory grains) =>
        TypedResults.Ok(new KeysJson(await Task.WhenAll(caller.Workspace.Keys.OrderByDescending(static k => k.CreatedAt).Select(key => Read(key, grains)))));

    private static async Task<Results<Created<KeyJson>, ApiProblem>> Make(KeyKind kind, HttpContext context, Caller caller, IGrainFactory grains, TimeProvider time)
    {
        var (body, problem) = await RequestBody.Read(context, ApiJson.Default.KeyRequest, whenEmpty: KeyRequest.Empty);
        var (edit, refusal) = body?.Check() ?? problem!;
        return edit is null ? refusal! : await Add(ApiKeys.Generate(kind), edit, caller, grains, time);
    }

    private static async Task<Results<Created<KeyJson>, ApiProblem>> Add(string plain, KeyEdit edit, Caller caller, IGrainFactory grains, TimeProvider time)
    {
        var made = ApiKeys.Record(plain, time.GetUtcNow()) with { Name = edit.Name, RequestsPerSecond = edit.RequestsPerSecond, AllowedOrigins = edit.AllowedOrigins };
        var status = await caller.Tenant(grains).AddKey(made);
        return Problem(status) is { } problem ? problem : TypedResults.Created((string?)null, KeyJson.Of(made, lastUsed: null) with { Key = plain });
    }

    private static async Task<Results<Ok<KeyJson>, ApiProblem>> Change(KeyKind kind, string id, HttpContext context, Caller caller, IGrainFactory grains)
    {
        var (body, problem) = await RequestBody.Read(context, ApiJson.Default.KeyRequest);
        var (edit, refusal) = body?.Check() ?? problem!;
        if (edit is null || (refusal = Problem(await caller.Tenant(grains).ChangeKey(kind, id, edit))) is not null)
        {
            return refusal!;
        }

        return (await caller.Tenant(grains).Snapshot())?.FindKey(id) is { } key ? TypedResults.Ok(await Read(key, grains)) : ApiProblem.NotFound;
    }

    private static async Task<Results<NoContent, ApiProblem>> Revoke(KeyKind kind, string id, Caller caller, IGrainFactory grains) =>
        Problem(await caller.Tenant(grains).RevokeKey(kind, id)) is { } problem ? problem : TypedResults.NoContent();

    private static async Task<KeyJson> Read(ApiKey key, IGrainFactory grains) => KeyJson.Of(key, await grains.Key(key.Hash).LastUsed());

    /// <returns>Null when it was saved.</returns>
    private static ApiProblem? Problem(SaveStatus status) => status switch
    {
        SaveStatus.Saved => null,
        SaveStatus.NotAllowed => ApiProblem.UnknownKey,
        SaveStatus.PlanLimit => ApiProblem.TooManyKeys,
        _ => ApiProblem.NotFound,
    };
}
