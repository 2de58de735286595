using static Conclude.Ledger.Tests.Facts;

namespace Conclude.Ledger.Tests;

/// <summary>What is done next: new or repeated, decided on what the model knows or on what it knew before.</summary>
internal sealed partial class History
{
    /// <summary>Copies and grants are rare in half of the histories, so that what a store does for batches without any is met too.</summary>
    private bool IsCalm => seed % 2 == 0;

    private Fire NextFire()
    {
        if (_sent.Count > 0 && _random.Next(IsCalm ? 60 : 4) == 0)
        {
            // A retry; the rules may say something else by now.
            var old = _sent[_random.Next(_sent.Count)];
            return _random.Next(2) == 0 ? old : old with { ReceivedAt = _now, Verdict = Verdict.SampledOut, Grant = null };
        }
        var (name, user) = (Pick(Names), Users[_random.Next(Users.Length - (IsCalm ? 1 : 0))]);
        // One in six comes out of order, by up to as many hours as no longer are at hand.
        var at = _random.Next(6) == 0 ? _now.AddMinutes(-_random.Next(400)) : _now;
        var isTest = UserKeys.IsTest(user);
        var isMoment = name[0] == 'm';
        var fire = Fire(name, user, at, (Verdict)_random.Next((int)Verdict.Shown), workspace, isTest, isMoment, Limits);
        if (isMoment && _random.Next(IsCalm ? 12 : 2) == 0)
        {
            var version = _model.Users.GetValueOrDefault(user) - (_random.Next(4) == 0 ? 1 : 0);
            fire = Granted(version, _random.Next(2) == 0 ? 2 : null, user, at, isTest, name, workspace) with { Limits = Limits };
        }
        _sent.Add(fire);
        return fire;
    }

    private PromptChange? NextChange()
    {
        if (_model.Prompts.Count == 0)
        {
            return null;
        }
        if (_changes.Count > 0 && _random.Next(5) == 0)
        {
            // A retry after an answer that was lost.
            return _changes[_random.Next(_changes.Count)];
        }
        var before = _model.Prompts.Values.ElementAt(_random.Next(_model.Prompts.Count));
        var fence = _model.Fence(before.UserKey);
        var version = _model.Users.GetValueOrDefault(fence) - (_random.Next(5) == 0 ? 1 : 0);
        var change = _random.Next(4) switch
        {
            0 when before.Reaction is null => React(before, version, _now, (Reaction)_random.Next(1, 4)),
            1 when before is { Reaction: not null, Comment: null } => Say(before, version, _now),
            2 when before.DismissedAt is null => Dismiss(before, version, _now),
            _ when before.SeenAt is null => Seen(before, version, _now),
            _ => null,
        };
        if (change is null)
        {
            return null;
        }
        if (_random.Next(6) == 0)
        {
            change = change with { Before = before with { LiveUntil = before.LiveUntil.AddSeconds(1) } };
        }
        change = change with { Workspace = workspace, FenceKey = fence };
        _changes.Add(change);
        return change;
    }

    private Link NextLink()
    {
        var (browser, person) = ($"a:{_random.Next(2)}", $"u:{_random.Next(2)}");
        return new Link(
            workspace, browser, _model.Users.GetValueOrDefault(browser) - (_random.Next(4) == 0 ? 1 : 0), person, _model.Users.GetValueOrDefault(person),
            Verified: _random.Next(2) == 0, _now);
    }
}
