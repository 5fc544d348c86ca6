package value

import "slices"

// Append adds an element at the end of an array.
func (a *Arena) Append(v, item *Value) { v.items = append(a.room(v.items), item) }

// Add adds an element to a set.
func (a *Arena) Add(v, item *Value) {
	if i, ok := v.place(item); !ok {
		v.items = slices.Insert(a.room(v.items), i, item)
	}
}

// Insert gives a key of an object a value, whatever it had.
func (a *Arena) Insert(v, key, val *Value) {
	i, ok := v.place(key)
	if ok {
		v.vals[i] = val
		return
	}
	v.items = slices.Insert(a.room(v.items), i, key)
	v.vals = slices.Insert(a.room(v.vals), i, val)
}

// room returns a list that one more goes into.
func (a *Arena) room(list []*Value) []*Value {
	if len(list) < cap(list) {
		return list
	}
	return append(a.list(max(4, 2*len(list))), list...)
}

// near is the distance from the end at which an item is put among the others at
// once.
const near = 64

// place returns where an item is, or where it goes so that the loose ones stay in
// order, which then includes it. Of many items that come in no order, those
// of the last time are kept apart, so that few have to move for a new one.
func (v *Value) place(item *Value) (int, bool) {
	n := len(v.items)
	firm := n - int(v.loose)
	if v.loose == 0 && (n == 0 || Compare(v.items[n-1], item) < 0) {
		return n, false
	}
	i, ok := slices.BinarySearchFunc(v.items[:firm], item, Compare)
	if ok || v.loose == 0 && i >= n-near {
		return i, ok
	}
	if loose := int(v.loose); loose > near && loose*loose > 16*n {
		v.settle()
		firm = n
	}
	i, ok = slices.BinarySearchFunc(v.items[firm:], item, Compare)
	if !ok {
		v.loose++
	}
	return firm + i, ok
}

// find returns where an item is.
func (v *Value) find(item *Value) (int, bool) {
	if len(v.items) <= 8 && item.kind == String && v.loose == 0 {
		for i, other := range v.items {
			if other.text == item.text && other.kind == String {
				return i, true
			}
		}
		return 0, false
	}
	firm := len(v.items) - int(v.loose)
	i, ok := slices.BinarySearchFunc(v.items[:firm], item, Compare)
	if ok || v.loose == 0 {
		return i, ok
	}
	i, ok = slices.BinarySearchFunc(v.items[firm:], item, Compare)
	return firm + i, ok
}

// settle puts the loose items among the others.
func (v *Value) settle() {
	if v.loose == 0 {
		return
	}
	firm := len(v.items) - int(v.loose)
	items, vals := make([]*Value, 0, 2*len(v.items)), []*Value(nil)
	if v.kind == Object {
		vals = make([]*Value, 0, 2*len(v.items))
	}
	for i, j := 0, firm; i < firm || j < len(v.items); {
		from := i
		if i == firm || j < len(v.items) && Compare(v.items[j], v.items[i]) < 0 {
			from = j
			j++
		} else {
			i++
		}
		items = append(items, v.items[from])
		if vals != nil {
			vals = append(vals, v.vals[from])
		}
	}
	v.items, v.vals, v.loose = items, vals, 0
}

// Copy returns an array, object or set that can be changed, with the same items.
func (a *Arena) Copy(v *Value) *Value {
	c := a.new(v.kind)
	c.items, c.vals = slices.Clone(v.Items()), slices.Clone(v.vals)
	return c
}

// Settle has all be in order within a value, as deep as its elements' keys, so that
// reading these takes no time beyond their number.
func (v *Value) Settle() {
	for _, item := range v.Items() {
		item.settle()
	}
}
