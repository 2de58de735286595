using System.Collections.Immutable;
using Conclude.Api.Demo;
using Conclude.Api.Json;
using Conclude.Api.Keys;
using Conclude.Grains.Sessions;
using Conclude.Grains.Tenants;
using Conclude.Ledger;
using Conclude.Ledger.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Conclude.Api.Widget;

/// <summary><c>POST events</c>: reads, checks, delivers, answers.</summary>
internal sealed class EventsEndpoint(EventDelivery delivery, IOptions<DemoOptions> demo, TimeProvider time)
{
    public async Task Post(HttpContext context)
    {
        var caller = Caller.Of(context);
        var (request, problem) = await RequestBody.Read(context, WidgetJson.Default.EventsRequest);
        var receivedAt = time.GetUtcNow();
        EventsIntake? intake = null;
        if (request is not null)
        {
            (intake, problem) = EventsIntake.Check(request, caller, receivedAt);
        }

        if (intake is null)
        {
            await problem!.ExecuteAsync(context);
            return;
        }

        IngestMetrics.Invalid(intake.Rejected.Count);
        var isBot = Crawlers.Declares(context.Request.Headers.UserAgent);
        var answers = await delivery.Deliver(caller.Workspace, intake, isBot, receivedAt);
        var explains = caller.IsTest || demo.Value.Shows(caller.WorkspaceId);
        JsonAnswer.Write(context, Compose(caller.Workspace, intake, answers, explains, receivedAt), WidgetJson.Default.EventsAnswer);
    }

    internal static EventsAnswer Compose(
        WorkspaceSnapshot workspace, EventsIntake intake, ImmutableArray<FireAnswer> answers, bool explains, DateTimeOffset now)
    {
        var rejected = intake.Rejected;
        var (accepted, duplicates, exceeded) = (0, 0, false);
        PromptJson? prompt = null;
        foreach (var answer in answers)
        {
            switch (answer.Status)
            {
                case FireStatus.Accepted:
                    accepted++;
                    break;
                case FireStatus.Duplicate:
                    duplicates++;
                    break;
                case FireStatus.OverQuota:
                    exceeded = true;
                    break;
                case FireStatus.TooManyNames:
                    rejected.Add(new(answer.Id.ToString(), "too_many_event_names", "The workspace takes no more new names at the moment."));
                    break;
                default:
                    throw new LedgerUnavailableException("A fire was left undecided.");
            }

            prompt ??= answer.Prompt is { } granted ? Offer(granted, workspace, intake.Context.Locale, now) : null;
        }

        return new EventsAnswer(
            accepted, duplicates, rejected, exceeded ? "exceeded" : "ok", prompt, workspace.Version,
            explains ? Explain(answers, intake.Events) : null);
    }

    /// <returns>Null when the prompt can no longer be claimed, or is done with.</returns>
    private static PromptJson? Offer(Prompt prompt, WorkspaceSnapshot workspace, string? locale, DateTimeOffset now)
    {
        // The store keeps whole milliseconds: what it cut off does not cost a second here.
        var remaining = prompt.LeaseUntil - now + TimeSpan.FromMilliseconds(1);
        return now < prompt.LeaseUntil && prompt is { Reaction: null, DismissedAt: null }
            ? new(
                prompt.Id, prompt.Event, prompt.Question, prompt.FollowUp, Math.Max(1, (int)remaining.TotalSeconds),
                Wordings.WordsFor(prompt.Question, workspace.Moments.GetValueOrDefault(prompt.Event), locale),
                WidgetTheme.Of(workspace.Settings.Theme), prompt.DelaySeconds)
            : null;
    }

    /// <param name="events">In the order of their answers.</param>
    private static List<VerdictJson> Explain(ImmutableArray<FireAnswer> answers, ImmutableArray<IncomingEvent> events) =>
        [.. answers.Zip(events).Where(static a => a.First.Status is FireStatus.Accepted or FireStatus.Duplicate)
            .Select(static a => new VerdictJson(a.First.Id, a.Second.Name, a.First.Verdict.Name(), a.First.Until))];
}
