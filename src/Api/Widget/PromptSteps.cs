using Conclude.Api.Errors;
using Conclude.Api.Json;
using Conclude.Api.Keys;
using Conclude.Grains;
using Conclude.Grains.Sessions;
using Conclude.Ledger;
using Microsoft.AspNetCore.Http;

namespace Conclude.Api.Widget;

/// <summary><c>POST prompts/{id}/seen|reaction|comment|dismiss</c>: each may be repeated.</summary>
internal sealed class PromptSteps(ILedger ledger, IGrainFactory grains)
{
    public const int MaxComment = 2_000;
    private const int MaxView = 200;
    private const int MaxHops = 3;

    public async Task Seen(string id, HttpContext context)
    {
        var (body, problem) = await RequestBody.Read(context, WidgetJson.Default.SeenRequest, whenEmpty: new SeenRequest(View: null));
        var fields = new Fields();
        fields.Line(body?.View, "view", MaxView);
        await Take(context, problem, fields, new PromptAnswer(PromptId(id), PromptStep.Seen, View: body?.View));
    }

    public async Task React(string id, HttpContext context)
    {
        var (body, problem) = await RequestBody.Read(context, WidgetJson.Default.ReactionRequest);
        var fields = new Fields();
        fields.Must(body?.Reaction is not null, "reaction", "positive, neutral or frustrated");
        await Take(context, problem, fields, new PromptAnswer(PromptId(id), PromptStep.Reaction, Reaction: body?.Reaction));
    }

    public async Task Comment(string id, HttpContext context)
    {
        var (body, problem) = await RequestBody.Read(context, WidgetJson.Default.CommentRequest);
        var fields = new Fields();
        fields.Must(IsComment(body?.Text), "text", $"1–{MaxComment} characters");
        await Take(context, problem, fields, new PromptAnswer(PromptId(id), PromptStep.Comment, Text: body?.Text));
    }

    public Task Dismiss(string id, HttpContext context) => Take(context, problem: null, new Fields(), new PromptAnswer(PromptId(id), PromptStep.Dismiss));

    /// <summary>A NUL is in no text that a person types, and PostgreSQL stores none.</summary>
    private static bool IsComment(string? text) => !string.IsNullOrWhiteSpace(text) && text.Length <= MaxComment && !text.Contains('\0', StringComparison.Ordinal);

    private static Guid PromptId(string text) => Guid.TryParseExact(text, "D", out var id) ? id : Guid.Empty;

    private async Task Take(HttpContext context, ApiProblem? problem, Fields fields, PromptAnswer answer)
    {
        problem ??= fields.Errors is { } errors ? ApiProblem.Validation(errors) : await Answer(Caller.Of(context).WorkspaceId, answer, context.RequestAborted);
        if (problem is not null)
        {
            await problem.ExecuteAsync(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <returns>Null when the step is stored.</returns>
    private async Task<ApiProblem?> Answer(string workspace, PromptAnswer answer, CancellationToken cancellation)
    {
        if (await ledger.FindPrompt(workspace, answer.PromptId, cancellation) is not { } prompt)
        {
            return ApiProblem.NotFound;
        }

        var userKey = prompt.UserKey;
        for (var hop = 0; hop <= MaxHops; hop++)
        {
            var outcome = await grains.Session(workspace, userKey).Answer(answer);
            if (outcome.Status != AnswerStatus.Moved)
            {
                return Problem(outcome.Status);
            }

            userKey = outcome.MovedTo!;
        }

        return ApiProblem.Busy;
    }

    private static ApiProblem? Problem(AnswerStatus status) => status switch
    {
        AnswerStatus.Done => null,
        AnswerStatus.NotFound => ApiProblem.NotFound,
        AnswerStatus.NotLive => ApiProblem.NotLive,
        AnswerStatus.AlreadyAnswered => ApiProblem.AlreadyAnswered,
        AnswerStatus.ReactionRequired => ApiProblem.ReactionRequired,
        AnswerStatus.CommentNotExpected => ApiProblem.CommentNotExpected,
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
