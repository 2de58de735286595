using Conclude.Dashboard.Components.Responses;
using Conclude.Dashboard.Components.Shared;
using Conclude.Dashboard.People;
using Conclude.Dashboard.Responses;
using Conclude.Ledger;
using Microsoft.AspNetCore.Components;

namespace Conclude.Dashboard.Components.People;

public sealed partial class PersonPage : LiveComponent
{
    /// <summary>Each is a second at most.</summary>
    private const int Moments = 5;

    private readonly CancellationTokenSource _left = new();
    private PersonTimeline _past = null!;
    private string _key = "";
    private int _count = PersonTimeline.PageSize;
    private long _readAtAnswers;
    private bool _reading;
    private bool _failed;

    [Inject]
    public required ILedgerSearch Search { get; set; }

    [Inject]
    public required ILedgerUpkeep Ledger { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    /// <summary>What the router made of the key; the page reads the address itself.</summary>
    [Parameter]
    public string? Path { get; set; }

    private string Name => _past.Record is { Person.IsEmpty: false } record ? PersonWords.Name(record.Person) : PersonWords.Key(_key);

    private string Asked
    {
        get
        {
            var prompts = _past.Record?.Prompts ?? [];
            var answers = prompts.Count(static p => p.Reaction is not null);
            return prompts.IsEmpty ? "Never asked" : $"Asked {Times(prompts.Length)}, answered {Times(answers)}";
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        var key = PersonKey.Of(Navigation.Uri);
        if (_key != key)
        {
            (_key, _count) = (key, PersonTimeline.PageSize);
            _past = new PersonTimeline(Search, Ledger, Feed.Workspace.Workspace, key);
            await Read();
        }
    }

    protected override async Task OnFeed()
    {
        if (_past.Loaded && _readAtAnswers != Feed.Answers)
        {
            var answers = Feed.Answers;
            await _past.Read(_left.Token);
            _readAtAnswers = answers;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _left.Cancel();
        base.Dispose(disposing);
    }

    private static string Times(int count) => count switch { 0 => "never", 1 => "once", 2 => "twice", _ => $"{count} times" };

    private async Task Read()
    {
        var past = _past;
        _readAtAnswers = Feed.Answers;
        await Try(() => past.Read(_left.Token));
        if (past.Loaded)
        {
            // Who they are is on screen before their events are looked for.
            StateHasChanged();
            await ReadFires();
        }
    }

    /// <summary>Looks on for a few moments, showing what it has between them; then whoever looks decides.</summary>
    private Task ReadFires() => Try(async () =>
    {
        var (past, wanted) = (_past, _past.Entries.Length + PersonTimeline.PageSize);
        for (var moment = 0; moment < Moments && past.More && past.Entries.Length < wanted; moment++)
        {
            await past.ReadFires(_left.Token);
            StateHasChanged();
        }
    });

    private async Task ShowMore()
    {
        _count += PersonTimeline.PageSize;
        if (_past.More && _past.Entries.Length < _count)
        {
            await ReadFires();
        }
    }

    private async Task Try(Func<Task> read)
    {
        (_reading, _failed) = (true, false);
        try
        {
            await read();
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception reason)
        {
            _failed = true;
            ResponsesLog.NotRead(Log, reason);
        }
        finally
        {
            _reading = false;
        }
    }
}
