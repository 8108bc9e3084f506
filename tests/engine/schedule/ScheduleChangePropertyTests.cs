using Fmm.Engine;
using NUnit.Framework;

#pragma warning disable NUnit1027 // FsCheck supplies the arguments of a property.

namespace Fmm.Tests;

/// <summary>Any sequence of additions, orders, replacements and removals leaves the order that the model says.</summary>
internal sealed class ScheduleChangePropertyTests
{
    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public void RemovalKeepsTheOrderOfAllOthersAndReplacementThatOfTheOldOne(int seed)
    {
        using World world = World.Create();
        using var model = new Model(world, new Random(seed));
        model.Change();
        model.AssertSameOrder();
    }

    /// <summary>What can be done by type with the system of one type.</summary>
    private interface IMark
    {
        TestSystem Make(World world, string name);

        void After(SystemHandle<int> handle);

        void Before(SystemHandle<int> handle);

        void Replace(Schedule<int> schedule, ISystem<int> system);

        void Remove(Schedule<int> schedule);
    }

    private sealed class Mark<TMark> : IMark
    {
        public TestSystem Make(World world, string name) => new Marked<TMark>(world, name);

        public void After(SystemHandle<int> handle) => handle.After<Marked<TMark>>();

        public void Before(SystemHandle<int> handle) => handle.Before<Marked<TMark>>();

        public void Replace(Schedule<int> schedule, ISystem<int> system) => schedule.Replace<Marked<TMark>>(system);

        public void Remove(Schedule<int> schedule) => schedule.Remove<Marked<TMark>>();
    }

    /// <summary>A place: by its number it may come before those of higher number only, so that there is no cycle.</summary>
    private sealed class Node(IMark mark, TestSystem system)
    {
        internal IMark Mark { get; } = mark;
        internal List<TestSystem> Systems { get; } = [system];
        internal SystemHandle<int>? Handle { get; set; }
        internal bool IsRemoved { get; set; }
        internal HashSet<Node> After { get; } = [];
        internal TestSystem Current => Systems[^1];
    }

    private sealed class Model : IDisposable
    {
        private static readonly IMark[] _marks =
        [
            new Mark<byte>(), new Mark<sbyte>(), new Mark<short>(), new Mark<ushort>(), new Mark<int>(), new Mark<uint>(),
            new Mark<long>(), new Mark<ulong>(), new Mark<float>(), new Mark<double>(), new Mark<char>(), new Mark<bool>(),
        ];

        private readonly Schedule<int> _schedule = new("Random");
        private readonly World _world;
        private readonly Random _random;
        private readonly Node[] _nodes;

        internal Model(World world, Random random)
        {
            (_world, _random) = (world, random);
            _nodes = [.. _marks.Take(random.Next(2, _marks.Length + 1)).Select((mark, i) => new Node(mark, mark.Make(world, "N" + i)))];
        }

        public void Dispose() => _schedule.Dispose();

        /// <summary>From few changes, where each order counts, to many.</summary>
        internal void Change()
        {
            int count = _random.Next(5, 80);
            for (int i = 0; i < count; i++)
            {
                int first = _random.Next(_nodes.Length), second = _random.Next(_nodes.Length);
                Node node = _nodes[first];
                if (node.IsRemoved) continue;
                if (node.Handle is null) Add(node);
                else if (_random.Next(12) == 0) Remove(node);
                else if (_random.Next(6) == 0) Replace(node);
                else if (second != first && !_nodes[second].IsRemoved) Order(node, _nodes[second], isBefore: first < second);
            }
            foreach (Node node in _nodes)
                if (node.Handle is null) Add(node);
        }

        internal void AssertSameOrder()
        {
            var expected = new HashSet<(string, string)>();
            foreach (Node node in _nodes)
                foreach (Node after in Reached(node))
                    if (!node.IsRemoved && !after.IsRemoved) expected.Add((node.Current.Name, after.Current.Name));
            Assert.That(ExplainedOrder.Of(_schedule), Is.EquivalentTo(expected));
            Assert.That(_schedule.Systems, Is.EquivalentTo(_nodes.Where(node => !node.IsRemoved).Select(node => node.Current)));
            foreach (Node node in _nodes)
                foreach (TestSystem system in node.Systems)
                    Assert.That(system.Calls, Has.Count.EqualTo(node.IsRemoved || system != node.Current ? 1 : 0), "disposed of, once");
        }

        private static HashSet<Node> Reached(Node node)
        {
            var reached = new HashSet<Node>();
            var waiting = new Stack<Node>(node.After);
            while (waiting.TryPop(out Node? next))
            {
                if (!reached.Add(next)) continue;
                foreach (Node after in next.After) waiting.Push(after);
            }
            return reached;
        }

        private void Add(Node node) => node.Handle = _schedule.Add(node.Current);

        private void Remove(Node node)
        {
            if (_random.Next(2) == 0) node.Mark.Remove(_schedule);
            else _schedule.Remove(Any(node));
            node.IsRemoved = true;
        }

        private void Replace(Node node)
        {
            string name = $"{node.Systems[0].Name}x{node.Systems.Count}";
            TestSystem system = _random.Next(2) == 0 ? node.Mark.Make(_world, name) : new TestSystem(_world, name, new Access());
            if (_random.Next(2) == 0) node.Mark.Replace(_schedule, system);
            else _schedule.Replace(Any(node), system);
            node.Systems.Add(system);
        }

        /// <summary>The first is in the schedule; the other may come later.</summary>
        private void Order(Node node, Node other, bool isBefore)
        {
            _ = isBefore ? node.After.Add(other) : other.After.Add(node);
            SystemHandle<int> handle = node.Handle!;
            int way = Math.Max(0, _random.Next(-1, 4)); // By type more often than in another way.
            if (way == 0 && isBefore) other.Mark.Before(handle);
            else if (way == 0) other.Mark.After(handle);
            else if (way == 1 && other.Handle is not null) _ = isBefore ? handle.Before(other.Handle) : handle.After(other.Handle);
            else if (way == 2 && other.Handle is not null) _ = isBefore ? _schedule.Chain(handle.System, Any(other)) : _schedule.Chain(Any(other), handle.System);
            else _ = isBefore ? handle.Before(Any(other)) : handle.After(Any(other));
        }

        /// <summary>The system, or one that it replaced: all mean the same place.</summary>
        private TestSystem Any(Node node) => node.Systems[_random.Next(node.Systems.Count)];
    }
}
