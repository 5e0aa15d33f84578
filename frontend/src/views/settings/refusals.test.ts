import { describe, expect, it } from 'vitest'
import { ApiFailure } from '@/api/failure'
import { fieldsOf } from './field'
import { refusals } from './refusals'

const fields = new Map(
  fieldsOf({ settings: { PORT: 1, COUNT: 2 }, schema: [{ name: 'PORT' }, { name: 'COUNT' }] }).map((it) => [
    it.name,
    it,
  ]),
)
const failure = (status: number, message: string, param: string | null, detail: unknown) =>
  new ApiFailure(status, 'x', message, param, null, null, { detail })

describe('refusals', () => {
  it('puts each fault below its field', () => {
    const detail = [
      { loc: ['body', 'settings', 'PORT'], msg: 'cannot be x. Write a number.' },
      { loc: ['body', 'settings', 'COUNT'], msg: 'cannot be y.' },
    ]
    expect(refusals(failure(422, 'PORT: …', 'PORT', detail), fields)).toEqual({
      byField: { PORT: 'Cannot be x. Write a number.', COUNT: 'Cannot be y.' },
      rest: false,
    })
  })

  it('keeps in view what is about the file as it stands', () => {
    const detail = [{ loc: ['body', 'settings', 'config.yaml'], msg: 'line 3, column 1: …' }]
    expect(refusals(failure(422, 'config.yaml: …', 'config.yaml', detail), fields)).toEqual({
      byField: {},
      rest: true,
    })
  })

  it('reads the one sentence that is all there is', () => {
    const one = failure(422, 'PORT: is taken.', 'PORT', 'PORT: is taken.')
    expect(refusals(one, fields)).toEqual({ byField: { PORT: 'Is taken.' }, rest: false })
    expect(refusals(failure(422, 'No.', null, 'No.'), fields)).toEqual({ byField: {}, rest: true })
  })

  it('marks every setting that only the file may change', () => {
    const sentence = 'PORT, COUNT can only be changed in the configuration file.'
    expect(refusals(failure(403, sentence, 'PORT', sentence), fields).byField).toEqual({
      PORT: 'Can only be changed in the configuration file.',
      COUNT: 'Can only be changed in the configuration file.',
    })
  })

  it('does not fall over a detail of another shape', () => {
    expect(refusals(failure(422, 'x', null, [null, 3, { loc: 'PORT' }]), fields).rest).toBe(true)
  })
})
