using System.Runtime.CompilerServices;
using Fmm.Components;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>What a list stores of a member, and where its image lies.</summary>
public sealed class ListMemberTests
{
    [Test]
    public void A_member_keeps_row_level_and_image_in_eight_bytes([Values(0, 1, 536_870_911, int.MaxValue)] int row, [Values(0, 21)] int level, [Values(0, 13, 26)] int image)
    {
        ListMember member = new(row, level, image);
        Assert.That((member.Row, member.Level, member.Image), Is.EqualTo((row, level, image)));
        Assert.That(new ListMember(row, level).Image, Is.EqualTo(ListMember.Home));
        Assert.That(Unsafe.SizeOf<ListMember>(), Is.EqualTo(8));
    }

    [Test]
    public void An_image_lies_whole_periods_away_and_a_box_that_does_not_repeat_has_its_own_alone()
    {
        TreeShape shape = new() { Period = new Position(2, 3, 0) };
        for (int image = 0; image < Morton.Directions; image++)
        {
            Position shift = shape.Shift(image);
            Assert.That((shift.X, shift.Y, shift.Z), Is.EqualTo((2.0 * ((image % 3) - 1), 3.0 * ((image / 3 % 3) - 1), 0)));
            Position centre = shape.CentreOf(new ListMember(0, 1, image), key: 7);
            Assert.That((centre.X, centre.Y, centre.Z), Is.EqualTo((0.5 + shift.X, 0.5 + shift.Y, 0.5)));
        }
        shape.Period = default;
        Assert.That(Enumerable.Range(0, Morton.Directions).Select(shape.Shift), Is.All.EqualTo(default(Position)));
    }
}
