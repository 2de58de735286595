// A renderer is what a test of drawing takes; nothing is built on its format.
#pragma warning disable BL0006
using System.Collections.Concurrent;
using Conclude.Dashboard.Components.Layout;
using Conclude.Dashboard.Components.Shared;
using Conclude.Grains;
using Conclude.Grains.Tenants;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.HtmlRendering.Infrastructure;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.Logging.Abstractions;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves on a live feed, without a browser, how a page is drawn: what moved is read first, all parts go in one batch, and what looks the same stays.</summary>
public sealed class LiveDrawingTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private int _moments;

    [Fact]
    public async Task What_looks_the_same_is_not_drawn_again()
    {
        await using var circuit = host.Circuit();
        await using Page page = new(circuit);
        await page.Show(withPulse: false, 2);
        var (some, every) = (page.Parts[0], page.Parts[1]);
        some.Look = "a";
        await page.Word();
        var (drawn, drawnAtEvery) = (some.Drawn.Count, every.Drawn.Count);

        await page.Word();
        some.Look = new string('a', 1);
        await page.Word();
        Assert.Equal(drawn, some.Drawn.Count);
        Assert.Equal(drawnAtEvery + 2, every.Drawn.Count);

        some.Look = "b";
        await page.Word();
        Assert.Equal(drawn + 1, some.Drawn.Count);
    }

    [Fact]
    public async Task What_moved_is_read_and_then_all_parts_are_drawn_as_one_batch()
    {
        await using var circuit = host.Circuit();
        await circuit.Open(DashboardHost.Owner);
        await using Page page = new(circuit);
        await page.Show(withPulse: true, 3);

        // All were drawn once, in the batch that showed them.
        await Change();
        await Until(() => page.Parts.TrueForAll(static p => p.Drawn.Count > 1));

        Assert.All(page.Parts, static p => Assert.True(p.ReadBefore));
        await page.Settled(() => Assert.All(page.Parts, p => Assert.Equal(page.Parts[0].Drawn.Select(static d => d.Batch), p.Drawn.Select(static d => d.Batch))));
    }

    [Fact]
    public async Task A_slow_read_is_not_waited_for_and_is_drawn_when_it_is_there()
    {
        await using var circuit = host.Circuit();
        await circuit.Open(DashboardHost.Owner);
        await using Page page = new(circuit);
        await page.Show(withPulse: true, 2);
        TaskCompletionSource read = new(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Parts[0].Look = "old";
        page.Parts[0].OnRead = async part =>
        {
            await read.Task;
            part.Look = "new";
        };

        await Change();
        await Until(() => page.Parts[1].Drawn.Count > 1);
        Assert.DoesNotContain(page.Parts[0].Drawn, static d => d.Look is "new");

        read.SetResult();
        await Until(() => page.Parts[0].Drawn.Any(static d => d.Look is "new"));
    }

    /// <summary>Something that every page of the workspace has news of.</summary>
    private async Task Change() =>
        await host.Grains.Tenant("acme").AddMoment(new MomentDefinition { Event = $"drawn_{Guid.NewGuid():N}_{_moments++}", Question = "How was it?" });

    private static async Task Until(Func<bool> holds)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, "It did not come about.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Components of one circuit, drawn to nowhere.</summary>
    private sealed class Page(OpenCircuit circuit) : IAsyncDisposable
    {
        private readonly CountingRenderer _renderer = new(circuit.Get<IServiceProvider>());

        public List<Part> Parts { get; } = [];

        public Task Show(bool withPulse, int parts) => _renderer.Dispatcher.InvokeAsync(() =>
        {
            RenderFragment content = builder =>
            {
                if (withPulse)
                {
                    builder.OpenComponent<FeedPulse>(0);
                    builder.CloseComponent();
                }

                for (var i = 0; i < parts; i++)
                {
                    builder.OpenComponent<Part>(1);
                    builder.AddComponentParameter(2, nameof(Part.Renderer), _renderer);
                    builder.AddComponentReferenceCapture(3, part => Parts.Add((Part)part));
                    builder.CloseComponent();
                }
            };
            return _renderer.BeginRenderingComponent(typeof(Whole), ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(Whole.Content)] = content })).QuiescenceTask;
        });

        /// <summary>As the feed does, when there is no one who pulses it.</summary>
        public Task Word() => _renderer.Dispatcher.InvokeAsync(circuit.Feed.Drawing.Draw);

        /// <summary>Looks between two batches.</summary>
        public Task Settled(Action look) => _renderer.Dispatcher.InvokeAsync(look);

        public async ValueTask DisposeAsync() => await _renderer.DisposeAsync();
    }

    private sealed class CountingRenderer(IServiceProvider services) : StaticHtmlRenderer(services, NullLoggerFactory.Instance)
    {
        public int Batches { get; private set; }

        protected override void ProcessPendingRender()
        {
            Batches++;
            base.ProcessPendingRender();
        }
    }

    private sealed class Whole : ComponentBase
    {
        [Parameter] public RenderFragment? Content { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, Content);
    }

    private sealed class Part : LiveComponent
    {
        private int _reads;

        [Parameter] public required CountingRenderer Renderer { get; set; }

        public object? Look { get; set; }

        public Func<Part, Task> OnRead { get; set; } = static _ => Task.CompletedTask;

        /// <summary>Batches in which it was drawn, as it looked then.</summary>
        public ConcurrentQueue<(int Batch, object? Look)> Drawn { get; } = [];

        /// <summary>It was read before it was drawn for the second time.</summary>
        public bool ReadBefore { get; private set; }

        protected override object? Shows => Look;

        protected override Task OnFeed()
        {
            _reads++;
            return OnRead(this);
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            ReadBefore |= Drawn.Count == 1 && _reads > 0;
            Drawn.Enqueue((Renderer.Batches, Look));
            builder.AddContent(0, Drawn.Count);
        }
    }
}
